package dev.corral.catalog.gguf;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tensors of a file, by name. Their data lies without gaps, in the order of the table, each padded to the alignment;
 * the native loader insists on it.
 */
record TensorTable(Map<String, Tensor> tensors) {

	/** The largest models in use have some thousands; the native loader compares each name with each. */
	static final long MAX_TENSORS = 65_536;

	private static final int MAX_NAME_BYTES = 63;

	private static final int MAX_DIMENSIONS = 4;

	private static final int DEFAULT_ALIGNMENT = 32;

	private static final int MAX_ALIGNMENT = 1 << 16;

	static TensorTable read(GgufInput input, long count, Metadata metadata) throws IOException {
		int alignment = metadata.findWhole("general.alignment", 1, MAX_ALIGNMENT).orElse(DEFAULT_ALIGNMENT);
		if (Integer.bitCount(alignment) != 1) {
			throw Flaw.of("general.alignment is %d, it must be a power of two", alignment);
		}
		var tensors = new LinkedHashMap<String, Tensor>();
		for (long i = 0; i < count; i++) {
			var tensor = readTensor(input, i);
			if (tensors.put(tensor.name(), tensor) != null) {
				throw Flaw.of("the tensor %s occurs twice", Flaw.quoted(tensor.name()));
			}
		}
		checkLayout(tensors.values(), alignment, padded(input.position(), alignment), input.size());
		return new TensorTable(tensors);
	}

	private static Tensor readTensor(GgufInput input, long index) throws IOException {
		var name = input.readText(MAX_NAME_BYTES, "the name of tensor " + index);
		if (name.isBlank() || name.chars().anyMatch(Character::isISOControl)) {
			throw Flaw.of("the name of tensor %d is blank or has control characters", index);
		}
		var what = "the entry of the tensor " + Flaw.quoted(name);
		int dimensionCount = input.readInt(what);
		if (dimensionCount < 1 || dimensionCount > MAX_DIMENSIONS) {
			throw Flaw.of("the tensor %s has %s dimensions, it must have 1 to %d", Flaw.quoted(name),
					Integer.toUnsignedString(dimensionCount), MAX_DIMENSIONS);
		}
		var dimensions = new ArrayList<Long>(dimensionCount);
		for (int i = 0; i < dimensionCount; i++) {
			long dimension = input.readLong(what);
			if (dimension < 1) {
				throw Flaw.of("dimension %d of the tensor %s is %d, it must be 1 or more", i, Flaw.quoted(name),
						dimension);
			}
			dimensions.add(dimension);
		}
		var type = TensorType.of(input.readInt(what), name);
		return new Tensor(name, List.copyOf(dimensions), type, input.readLong(what));
	}

	private static void checkLayout(Iterable<Tensor> tensors, int alignment, long dataStart, long fileBytes) {
		long expected = 0;
		long end = 0;
		for (var tensor : tensors) {
			checkOffset(tensor, expected, alignment, dataStart, fileBytes);
			try {
				end = Math.addExact(dataStart, Math.addExact(expected, tensor.bytes()));
				expected = Math.addExact(expected, padded(tensor.bytes(), alignment));
			} catch (ArithmeticException tooLarge) {
				throw Flaw.of("the tensors up to %s overflow the size of a file", Flaw.quoted(tensor.name()));
			}
		}
		if (end > fileBytes) {
			throw Flaw.of("it is truncated: the tensor data needs %d bytes, the file has %d", end, fileBytes);
		}
	}

	private static void checkOffset(Tensor tensor, long expected, int alignment, long dataStart, long fileBytes) {
		if (tensor.offset() == expected) {
			return;
		}
		var offset = Long.toUnsignedString(tensor.offset());
		var name = Flaw.quoted(tensor.name());
		if (Long.remainderUnsigned(tensor.offset(), alignment) != 0) {
			throw Flaw.of("the tensor %s has the offset %s, which is no multiple of the alignment %d", name, offset,
					alignment);
		}
		if (Long.compareUnsigned(tensor.offset(), Math.max(0, fileBytes - dataStart)) >= 0) {
			throw Flaw.of("the tensor %s has the offset %s, beyond the end of the file of %d bytes", name, offset,
					fileBytes);
		}
		throw Flaw.of("the tensor %s has the offset %s, %s", name, offset,
				tensor.offset() < expected
						? "where it overlaps the one before, which ends at " + expected
						: "which leaves a gap after the one before, which ends at " + expected);
	}

	/** The next multiple of the alignment, a power of two. */
	private static long padded(long bytes, int alignment) {
		return Math.addExact(bytes, alignment - 1L) & -(long) alignment;
	}

}
