package dev.corral.llamacpp;

import java.util.Arrays;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Which tokens the slots of a draft model hold. A slot that now has another sequence shows in its tokens;
 * those of another tenant are of no use to it. Owned by the engine thread.
 */
final class HeldTokens {

	private final Row[] rows;

	HeldTokens(int slots) {
		rows = Stream.generate(Row::new).limit(slots).toArray(Row[]::new);
	}

	/** How many of a sequence's tokens its slot lacks before the next can be proposed, at least 1; {@link Drafter#NEVER} if it was given up. */
	int missing(Sequence sequence) {
		return rows[sequence.slot()].givenUp == sequence ? Drafter.NEVER : sequence.length() - kept(sequence);
	}

	/** How many of the slot's tokens are of use to its sequence; the last is computed in any case, since its logits are wanted. */
	int kept(Sequence sequence) {
		var row = rows[sequence.slot()];
		if (!row.tenant.equals(sequence.tenant())) {
			return 0;
		}
		int most = Math.min(row.length, sequence.length() - 1);
		int differs = Arrays.mismatch(row.tokens, 0, most, sequence.tokens(), 0, most);
		return differs < 0 ? most : differs;
	}

	/** Tokens that a slot holds. */
	int length(int slot) {
		return rows[slot].length;
	}

	/** The slot holds no more than its first tokens. */
	void truncate(int slot, int length) {
		rows[slot].length = Math.min(rows[slot].length, length);
	}

	/** A sequence's slot holds one token more. */
	void add(Sequence sequence, int token) {
		rows[sequence.slot()].tenant = sequence.tenant();
		rows[sequence.slot()].add(token);
	}

	/** This sequence is not drafted any more; its slot holds nothing. */
	void giveUp(Sequence sequence) {
		truncate(sequence.slot(), 0);
		rows[sequence.slot()].givenUp = sequence;
	}

	private static final class Row {

		private int[] tokens = new int[64];

		private int length;

		private String tenant = "";

		private @Nullable Sequence givenUp;

		private void add(int token) {
			if (length == tokens.length) {
				tokens = Arrays.copyOf(tokens, length + length / 2);
			}
			tokens[length++] = token;
		}

	}

}
