package dev.corral.catalog.gguf;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * The key-value pairs of a file, with the types that the native loader insists on.
 *
 * @param values by key
 * @param tokens the texts of {@code tokenizer.ggml.tokens} as raw bytes (see {@link GgufInput#readRaw}), in order
 */
record Metadata(Map<String, GgufValue> values, List<String> tokens) {

	boolean has(String key) {
		return values.containsKey(key);
	}

	String text(String key) {
		return required(key, findText(key));
	}

	Optional<String> findText(String key) {
		return find(key, GgufValue.Text.class, "a string").map(GgufValue.Text::value);
	}

	Optional<Boolean> findFlag(String key) {
		return find(key, GgufValue.Flag.class, "a boolean").map(GgufValue.Flag::value);
	}

	Optional<Double> findDecimal(String key) {
		return find(key, GgufValue.Decimal.class, "a floating-point number").map(GgufValue.Decimal::value);
	}

	Optional<GgufValue.Array> findArray(String key) {
		return find(key, GgufValue.Array.class, "an array");
	}

	/** A required unsigned 32-bit number in the given range. */
	int whole(String key, int least, int most) {
		return required(key, findWhole(key, least, most));
	}

	Optional<Integer> findWhole(String key, int least, int most) {
		return find(key, GgufValue.Whole.class, "a whole number").map(whole -> {
			if (whole.type() != ValueType.U32) {
				throw Flaw.of("the value of %s has the type %s, it must be U32", key, whole.type());
			}
			return inRange(key, whole.value(), least, most);
		});
	}

	/**
	 * A number for each of the model's blocks: the file gives one for all or an array.
	 */
	Optional<List<Integer>> findPerBlock(String key, int blocks, int least, int most) {
		if (!(values.get(key) instanceof GgufValue.Array array)) {
			return findWhole(key, least, most).map(value -> Collections.nCopies(blocks, value));
		}
		if (array.length() != blocks) {
			throw Flaw.of("%s has %d values for %d blocks", key, array.length(), blocks);
		}
		if (array.elementType() != ValueType.U32 && array.elementType() != ValueType.I32) {
			throw Flaw.of("the values of %s have the type %s, they must be U32 or I32", key, array.elementType());
		}
		return Optional.of(array.wholes().stream().map(value -> inRange(key, value, least, most)).toList());
	}

	private static int inRange(String key, long value, int least, int most) {
		if (value < least || value > most) {
			throw Flaw.of("%s is %s, it must be between %d and %d", key, Long.toUnsignedString(value), least, most);
		}
		return (int) value;
	}

	private <T> T required(String key, Optional<T> value) {
		return value.orElseThrow(() -> Flaw.of("its metadata has no %s", key));
	}

	private <T extends GgufValue> Optional<T> find(String key, Class<T> kind, String description) {
		@Nullable
		GgufValue value = values.get(key);
		if (value != null && !kind.isInstance(value)) {
			throw Flaw.of("the value of %s has the type %s, it must be %s", key, value.type(), description);
		}
		return Optional.ofNullable(kind.cast(value));
	}

}
