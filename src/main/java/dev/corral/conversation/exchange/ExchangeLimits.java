package dev.corral.conversation.exchange;

/**
 * How much of a file is held in memory at a time, and how much one conversation may bring.
 *
 * @param recordBytes longest record, in bytes of a line, or in characters of its names and texts plus {@value #TOKEN_COST} for each
 * value where records are in one array
 * @param depth deepest nesting of a record's JSON, itself included
 * @param messages most messages of a conversation
 */
public record ExchangeLimits(int recordBytes, int depth, int messages) {

	static final int TOKEN_COST = 8;

	/** For files that come over the network. */
	public static final ExchangeLimits DEFAULTS = new ExchangeLimits(16 << 20, 64, 20_000);

	public ExchangeLimits {
		if (recordBytes < 1 || depth < 1 || messages < 1) {
			throw new IllegalArgumentException("limits must be 1 or more, but are " + recordBytes + ", " + depth
					+ " and " + messages);
		}
	}

}
