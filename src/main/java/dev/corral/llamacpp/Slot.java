package dev.corral.llamacpp;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * A place for one sequence in the context. While a sequence runs here its computed tokens are the slot's; afterwards the slot
 * retains them, so that a later prompt that begins alike need not compute them again. Owned by {@link Slots}.
 */
final class Slot {

	private final int index;

	private @Nullable Sequence sequence;

	private String tenant = "";

	private int[] retained = {};

	TokenRadixTree.@Nullable Entry<Slot> cached;

	private long lastUse;

	private boolean fresh;

	Slot(int index) {
		this.index = index;
	}

	/** The number of the native sequence. */
	int index() {
		return index;
	}

	@Nullable
	Sequence sequence() {
		return sequence;
	}

	boolean free() {
		return sequence == null;
	}

	/** Whether nothing is in the key-value cache for it. */
	boolean empty() {
		return free() && retained.length == 0;
	}

	/** Whose tokens it holds. */
	String tenant() {
		return tenant;
	}

	/** What a slot without a sequence still holds. Not to be changed. */
	int[] retained() {
		return retained;
	}

	/** Tokens it holds in the key-value cache, or will once its sequence has caught up. */
	int tokens() {
		return sequence == null ? retained.length : sequence.length();
	}

	/** Whether an ended sequence left the first tokens of this one here. */
	boolean holds(Sequence candidate, int length) {
		return tenant.equals(candidate.tenant()) && retained.length >= length
				&& Arrays.equals(retained, 0, length, candidate.tokens(), 0, length);
	}

	long lastUse() {
		return lastUse;
	}

	void occupy(Sequence sequence, long use) {
		this.sequence = sequence;
		this.tenant = sequence.tenant();
		retained = new int[0];
		lastUse = use;
		fresh = true;
	}

	/** Whether its sequence came here after the last step. */
	boolean fresh() {
		return fresh;
	}

	/** A step was computed. */
	void stepped() {
		fresh = false;
	}

	void retain(int[] tokens, long use) {
		sequence = null;
		retained = tokens;
		lastUse = use;
	}

	@Override
	public String toString() {
		return "slot " + index;
	}

}
