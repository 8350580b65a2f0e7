package dev.corral.cli.dataset;

/**
 * How a file is split.
 *
 * @param maxTokens longest piece
 * @param continuation what the user says in a piece that begins inside of a reply
 * @param keepsUnanswered whether what the user said last, without a reply, is written
 * @param begin first record, from 0
 * @param end record to stop before
 */
record SplitOptions(int maxTokens, OversizePolicy oversize, String continuation, boolean keepsUnanswered, long begin,
		long end) {
}
