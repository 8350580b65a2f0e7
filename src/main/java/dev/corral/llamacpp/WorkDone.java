package dev.corral.llamacpp;

import java.time.Duration;

import dev.corral.inference.WorkStatistics;

/** Counts what is computed. Owned by the engine thread. */
final class WorkDone {

	private long prefillTokens;

	private long completionTokens;

	private long prefillNanos;

	private long decodeNanos;

	void called(StepOutcome.Call call) {
		prefillTokens += call.prefillTokens();
		if (call.decodeTokens() > 0) {
			decodeNanos += call.nanos();
		} else {
			prefillNanos += call.nanos();
		}
	}

	void generated(int tokens) {
		completionTokens += tokens;
	}

	WorkStatistics read() {
		return new WorkStatistics(prefillTokens, completionTokens, Duration.ofNanos(prefillNanos),
				Duration.ofNanos(decodeNanos));
	}

}
