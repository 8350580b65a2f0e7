package dev.corral.catalog.gguf;

import java.util.List;

/**
 * An entry of the tensor table.
 *
 * @param dimensions 1 to 4, each 1 or more; the first is the length of a row
 * @param offset of its data in bytes, counted from the begin of the data section
 */
record Tensor(String name, List<Long> dimensions, TensorType type, long offset) {

	/**
	 * @throws Flaw if the shape does not fit the type or its size is not representable
	 */
	Tensor {
		long row = dimensions.getFirst();
		if (row % type.blockElements != 0) {
			throw Flaw.of(
					"the tensor %s has rows of %d elements, which is no multiple of the %d that a block of %s holds",
					Flaw.quoted(name), row, type.blockElements, type);
		}
		try {
			long elements = dimensions.stream().reduce(1L, Math::multiplyExact);
			Math.multiplyExact(elements / type.blockElements, (long) type.blockBytes);
		} catch (ArithmeticException tooLarge) {
			throw Flaw.of("the tensor %s has the shape %s, which overflows its size", Flaw.quoted(name), dimensions);
		}
	}

	long elements() {
		return dimensions.stream().reduce(1L, (left, right) -> left * right);
	}

	long bytes() {
		return elements() / type.blockElements * type.blockBytes;
	}

}
