package dev.corral.llamacpp;

import java.util.concurrent.atomic.LongAdder;

import dev.corral.inference.DraftStatistics;

/** Counts for {@link DraftStatistics}. Written by the engine thread, read by any. */
record DraftCounters(Source promptLookup, Source draftModel) {

	DraftCounters() {
		this(new Source(), new Source());
	}

	DraftStatistics read() {
		return new DraftStatistics(promptLookup.read(), draftModel.read());
	}

	/** Tokens from one source. */
	record Source(LongAdder drafted, LongAdder accepted) {

		Source() {
			this(new LongAdder(), new LongAdder());
		}

		void add(int draftedTokens, int acceptedTokens) {
			drafted.add(draftedTokens);
			accepted.add(acceptedTokens);
		}

		private DraftStatistics.Source read() {
			// In this order no reader sees more accepted than drafted.
			long acceptedTokens = accepted.sum();
			return new DraftStatistics.Source(drafted.sum(), acceptedTokens);
		}

	}

}
