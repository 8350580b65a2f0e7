package dev.corral.catalog.gguf;

import java.util.List;

/** One value of a file's metadata, as far as it is kept. */
sealed interface GgufValue {

	ValueType type();

	/** A whole number; unsigned 64-bit values above {@link Long#MAX_VALUE} are negative here, which no check accepts. */
	record Whole(ValueType type, long value) implements GgufValue {
	}

	record Decimal(ValueType type, double value) implements GgufValue {
	}

	record Flag(boolean value) implements GgufValue {

		@Override
		public ValueType type() {
			return ValueType.BOOL;
		}

	}

	record Text(String value) implements GgufValue {

		@Override
		public ValueType type() {
			return ValueType.STRING;
		}

	}

	/**
	 * @param length number of elements in the file
	 * @param wholes the elements, if they are whole numbers and few; else empty
	 */
	record Array(ValueType elementType, long length, List<Long> wholes) implements GgufValue {

		@Override
		public ValueType type() {
			return ValueType.ARRAY;
		}

	}

}
