package dev.corral.llamacpp;

import java.util.concurrent.atomic.LongAdder;

/** Tokens that an engine has drafted so far. Written by the engine thread, read by any. */
record DraftCounters(LongAdder draftedTokens, LongAdder acceptedTokens) {

	DraftCounters() {
		this(new LongAdder(), new LongAdder());
	}

	void add(int drafted, int accepted) {
		draftedTokens.add(drafted);
		acceptedTokens.add(accepted);
	}

	/** Tokens that were computed before it was known whether they come. */
	long drafted() {
		return draftedTokens.sum();
	}

	/** How many of them came. */
	long accepted() {
		return acceptedTokens.sum();
	}

}
