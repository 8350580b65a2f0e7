package dev.corral.grammar;

import java.util.HashMap;
import java.util.Map;

/**
 * Characters as the bytes of their UTF-8 form (RFC 3629). A range of code points is split until each part is one range per
 * byte; the algorithm is that of the utf8-ranges library (Cox 2010, Regular Expression Matching in the Wild).
 */
final class Utf8 implements Encoding {

	static final Utf8 ENCODING = new Utf8();

	/** The last code points that take one, two and three bytes. */
	private static final int[] LAST_OF_LENGTH = {0x7F, 0x7FF, 0xFFFF};

	private static final int CONTINUATION_BITS = 6;

	private Utf8() {
	}

	@Override
	public void write(Nfa nfa, int from, CodePointSet characters, int to) {
		var rests = new HashMap<Long, Integer>();
		for (int i = 0; i < characters.ranges(); i++) {
			split(characters.low(i), characters.high(i), new Ways(nfa, from, to, rests));
		}
	}

	private static void split(int low, int high, Ways ways) {
		for (int last : LAST_OF_LENGTH) {
			if (low <= last && high > last) {
				split(low, last, ways);
				split(last + 1, high, ways);
				return;
			}
		}
		int length = length(low);
		for (int i = 1; i < length; i++) {
			int mask = (1 << (CONTINUATION_BITS * i)) - 1;
			if ((low & ~mask) == (high & ~mask)) {
				continue;
			}
			if ((low & mask) != 0) {
				split(low, low | mask, ways);
				split((low | mask) + 1, high, ways);
				return;
			}
			if ((high & mask) != mask) {
				split(low, (high & ~mask) - 1, ways);
				split(high & ~mask, high, ways);
				return;
			}
		}
		ways.add(low, high, length);
	}

	private static int length(int codePoint) {
		int length = 1;
		while (length <= LAST_OF_LENGTH.length && codePoint > LAST_OF_LENGTH[length - 1]) {
			length++;
		}
		return length;
	}

	private static int byteOf(int codePoint, int index, int length) {
		if (length == 1) {
			return codePoint;
		}
		int bits = codePoint >> (CONTINUATION_BITS * (length - 1 - index));
		return index == 0 ? bits | ((0xFF00 >> length) & 0xFF) : (bits & 0x3F) | 0x80;
	}

	/** The ways between two nodes; those that end alike share their ends. */
	private record Ways(Nfa nfa, int from, int to, Map<Long, Integer> rests) {

		void add(int low, int high, int length) {
			int next = to;
			long rest = 1;
			for (int i = length - 1; i > 0; i--) {
				int first = byteOf(low, i, length);
				int last = byteOf(high, i, length);
				rest = (rest << 16) | (first << 8) | last;
				var known = rests.get(rest);
				if (known == null) {
					known = nfa.node();
					nfa.symbols(known, first, last, next);
					rests.put(rest, known);
				}
				next = known;
			}
			nfa.symbols(from, byteOf(low, 0, length), byteOf(high, 0, length), next);
		}

	}

}
