package dev.corral.catalog.gguf;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the key-value section. Keeps scalars and short arrays of numbers; walks over the rest, which can be tens of MiB. */
final class MetadataReader {

	/** Files in use have less than a hundred; the native loader compares each with each. */
	static final long MAX_KEYS = 16_384;

	/** The format's own limit. */
	static final long MAX_KEY_BYTES = 65_535;

	/** Chat templates are the longest strings that matter and stay below 100 KiB; longer strings are kept as empty ones. */
	private static final long MAX_KEPT_TEXT_BYTES = 1 << 20;

	/** Numbers per block are kept, and no model may have more blocks. */
	private static final long MAX_KEPT_NUMBERS = Hyperparameters.MAX_BLOCKS;

	static final String TOKENS = "tokenizer.ggml.tokens";

	private final GgufInput input;

	private final Map<String, GgufValue> values = new LinkedHashMap<>();

	private final List<String> tokens = new ArrayList<>();

	MetadataReader(GgufInput input) {
		this.input = input;
	}

	Metadata read(long count) throws IOException {
		for (long i = 0; i < count; i++) {
			var key = input.readText(MAX_KEY_BYTES, "metadata key " + i);
			if (key.isBlank() || key.chars().anyMatch(Character::isISOControl)) {
				throw Flaw.of("metadata key %d is blank or has control characters", i);
			}
			var value = readValue(key, ValueType.of(input.readInt("the type of " + Flaw.quoted(key)), key));
			if (values.put(key, value) != null) {
				throw Flaw.of("the key %s occurs twice", Flaw.quoted(key));
			}
		}
		return new Metadata(values, tokens);
	}

	private GgufValue readValue(String key, ValueType type) throws IOException {
		var what = "the value of " + Flaw.quoted(key);
		return switch (type) {
			case STRING -> readString(what);
			case ARRAY -> readArray(key);
			case BOOL -> new GgufValue.Flag(input.readByte(what) != 0);
			case F32 -> new GgufValue.Decimal(type, Float.intBitsToFloat(input.readInt(what)));
			case F64 -> new GgufValue.Decimal(type, Double.longBitsToDouble(input.readLong(what)));
			case U8, I8, U16, I16, U32, I32, U64, I64 -> new GgufValue.Whole(type, readWhole(type, what));
		};
	}

	private GgufValue readString(String what) throws IOException {
		long length = input.readLength(GgufInput.MAX_PREAMBLE_BYTES, what);
		if (length > MAX_KEPT_TEXT_BYTES) {
			input.skip(length, what);
			return new GgufValue.Text("");
		}
		return new GgufValue.Text(GgufInput.utf8(input.readRawOf((int) length, what)));
	}

	private long readWhole(ValueType type, String what) throws IOException {
		return switch (type) {
			case U8 -> Byte.toUnsignedLong(input.readByte(what));
			case I8 -> input.readByte(what);
			case U16 -> Short.toUnsignedLong(input.readShort(what));
			case I16 -> input.readShort(what);
			case U32 -> Integer.toUnsignedLong(input.readInt(what));
			case I32 -> input.readInt(what);
			case U64, I64 -> input.readLong(what);
			case F32, F64, BOOL, STRING, ARRAY -> throw new IllegalArgumentException(type + " is not whole");
		};
	}

	private GgufValue readArray(String key) throws IOException {
		var what = "the array " + Flaw.quoted(key);
		var type = ValueType.of(input.readInt("the element type of " + what), key);
		if (type == ValueType.ARRAY) {
			throw Flaw.of("%s holds arrays, which llama.cpp does not read", what);
		}
		long length = input.readLong("the length of " + what);
		// A string takes at least the eight bytes of its length.
		long least = type == ValueType.STRING ? Long.BYTES : type.bytes;
		if (length < 0 || length > input.remaining() / least) {
			throw Flaw.of("it is truncated or damaged: %s claims %s elements, the file has %d bytes left", what,
					Long.toUnsignedString(length), input.remaining());
		}
		var wholes = new ArrayList<Long>();
		if (type == ValueType.STRING) {
			readStrings(key, length);
		} else if (type.whole() && length <= MAX_KEPT_NUMBERS) {
			for (long i = 0; i < length; i++) {
				wholes.add(readWhole(type, what));
			}
		} else {
			input.skip(length * least, what);
		}
		return new GgufValue.Array(type, length, List.copyOf(wholes));
	}

	private void readStrings(String key, long length) throws IOException {
		boolean vocabulary = key.equals(TOKENS);
		if (vocabulary && length > Vocabulary.MAX_TOKENS) {
			throw Flaw.of("the vocabulary has %d tokens, the limit is %d", length, Vocabulary.MAX_TOKENS);
		}
		var what = "an element of " + Flaw.quoted(key);
		for (long i = 0; i < length; i++) {
			if (vocabulary) {
				tokens.add(input.readRaw(Vocabulary.MAX_TOKEN_BYTES, what));
			} else {
				input.skip(input.readLength(GgufInput.MAX_PREAMBLE_BYTES, what), what);
			}
		}
	}

}
