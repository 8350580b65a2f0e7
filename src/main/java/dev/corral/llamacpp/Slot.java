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

	private String slidTenant = "";

	private int exact = Sequence.ALL;

	private int[] retained = {};

	/** Where those tokens are found that everyone of the tenant may share. */
	TokenRadixTree.@Nullable Entry<Slot> cached;

	/** Where all are found by those who take what has slid up; {@code null} if nothing has. */
	TokenRadixTree.@Nullable Entry<Slot> cachedSlid;

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

	/** The name by which what has slid up is known to those of the tenant who take it. */
	String slidTenant() {
		return slidTenant;
	}

	/** How many of its first tokens are as if computed from the first one on; {@link Sequence#ALL} if nothing slid up. */
	int exact() {
		return exact;
	}

	/** The name by which all that an ended sequence left may be kept. */
	String sharers() {
		return retained.length <= exact ? tenant : slidTenant;
	}

	/** What a slot without a sequence still holds. Not to be changed. */
	int[] retained() {
		return retained;
	}

	/** Tokens it holds in the key-value cache, or will once its sequence has caught up. */
	int tokens() {
		return sequence == null ? retained.length : sequence.length();
	}

	/** The row whose first {@link #computed()} tokens are in the key-value cache. Not to be changed. */
	int[] held() {
		return sequence == null ? retained : sequence.tokens();
	}

	/** How many tokens are in the key-value cache. */
	int computed() {
		return sequence == null ? retained.length : sequence.computed();
	}

	/** Whether an ended sequence left the first tokens of this one here, and it may have them. */
	boolean holds(Sequence candidate, int length) {
		return tenant.equals(candidate.tenant()) && retained.length >= length
				&& (length <= exact || candidate.slidesCache())
				&& Arrays.equals(retained, 0, length, candidate.tokens(), 0, length);
	}

	long lastUse() {
		return lastUse;
	}

	void occupy(Sequence sequence, long use) {
		this.sequence = sequence;
		this.tenant = sequence.tenant();
		slidTenant = sequence.slidTenant();
		exact = sequence.exact();
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
