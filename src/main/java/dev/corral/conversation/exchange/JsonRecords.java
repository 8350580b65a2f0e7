package dev.corral.conversation.exchange;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the objects of a JSON array, or of lines that are one object each, whichever the file is. One record is in memory at a time.
 * A record that is no object or exceeds the limits is skipped and told; so is a line that is no JSON. An array that is no JSON ends
 * there. One thread at a time may use it.
 */
public abstract sealed class JsonRecords implements AutoCloseable permits JsonArrayRecords, JsonLineRecords {

	private static final int BYTE_ORDER_MARK = 0xEF;

	final InputStream input;

	final ExchangeLimits limits;

	/** How many records were begun. */
	long number;

	JsonRecords(InputStream input, ExchangeLimits limits) {
		this.input = input;
		this.limits = limits;
	}

	/**
	 * Opens the records of a file.
	 *
	 * @param input closed with what is returned, or when this fails
	 * @throws BrokenFile if it begins like neither
	 */
	public static JsonRecords open(InputStream input, ExchangeLimits limits) {
		var buffered = new BufferedInputStream(input, 1 << 16);
		try {
			return switch (firstByte(buffered)) {
				case '[' -> new JsonArrayRecords(buffered, limits);
				case '{', -1 -> new JsonLineRecords(buffered, limits);
				default -> throw new BrokenFile("The file is no JSON: it must begin with '[' or '{'.");
			};
		} catch (IOException unreadable) {
			close(input);
			throw new UncheckedIOException(unreadable);
		} catch (RuntimeException failed) {
			close(input);
			throw failed;
		}
	}

	/** Looks past white space and a byte order mark, which are gone then; -1 for nothing. */
	private static int firstByte(BufferedInputStream input) throws IOException {
		while (true) {
			input.mark(1);
			int next = input.read();
			if (next == BYTE_ORDER_MARK) {
				input.skipNBytes(2);
			} else if (next < 0 || !Character.isWhitespace(next)) {
				input.reset();
				return next;
			}
		}
	}

	/**
	 * The next record; {@code null} after the last.
	 *
	 * @throws BrokenFile if it cannot be told where the next one begins
	 */
	public abstract @Nullable JsonRecord next();

	/** Whether the file is an array, and not lines. */
	public abstract boolean array();

	/** Numbers stay as they are written, however many digits they have. */
	static JsonMapper mapper(ExchangeLimits limits) {
		var constraints = StreamReadConstraints.builder().maxNestingDepth(limits.depth())
				.maxStringLength(limits.recordBytes()).build();
		return JsonMapper.builder(JsonFactory.builder().streamReadConstraints(constraints).build())
				.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS,
						DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
				.disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES).build();
	}

	@Override
	public void close() {
		close(input);
	}

	private static void close(InputStream input) {
		try {
			input.close();
		} catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

}
