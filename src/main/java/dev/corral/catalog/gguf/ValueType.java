package dev.corral.catalog.gguf;

/** Types of metadata values, in the order of their ids (ggml/include/gguf.h, llama.cpp v0.5.0). */
enum ValueType {

	U8(1), I8(1), U16(2), I16(2), U32(4), I32(4), F32(4), BOOL(1), STRING(0), ARRAY(0), U64(8), I64(8), F64(8);

	private static final ValueType[] BY_ID = values();

	/** Size of one value; 0 if it varies. */
	final int bytes;

	ValueType(int bytes) {
		this.bytes = bytes;
	}

	static ValueType of(int id, String key) {
		if (id < 0 || id >= BY_ID.length) {
			throw Flaw.of("the key %s has the unknown value type %s, known are 0 to %d", Flaw.quoted(key),
					Integer.toUnsignedString(id), BY_ID.length - 1);
		}
		return BY_ID[id];
	}

	boolean whole() {
		return switch (this) {
			case U8, I8, U16, I16, U32, I32, U64, I64 -> true;
			case F32, F64, BOOL, STRING, ARRAY -> false;
		};
	}

}
