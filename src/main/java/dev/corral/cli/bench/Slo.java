package dev.corral.cli.bench;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Service level objectives: what a request must keep to count as good.
 *
 * @param limits the longest allowed, by measure and in that order; empty asks for nothing but a complete reply
 */
record Slo(Map<Measure, Duration> limits) {

	/** What can be limited. */
	enum Measure {

		/** Time to the first delta. */
		TTFT,

		/** Every gap between deltas. */
		ITL,

		/** Mean time per output token after the first. */
		TPOT,

		/** The whole reply. */
		E2E

	}

	Slo {
		var ordered = new EnumMap<Measure, Duration>(Measure.class);
		ordered.putAll(limits);
		limits = Collections.unmodifiableMap(ordered);
	}

	/** Whether the reply is complete and within all limits. */
	boolean metBy(Sample sample) {
		return sample.complete() && limits.entrySet().stream()
				.allMatch(limit -> actual(limit.getKey(), sample) <= limit.getValue().toNanos());
	}

	private static double actual(Measure measure, Sample sample) {
		return switch (measure) {
			case TTFT -> sample.timeToFirstToken();
			case ITL -> sample.gaps().max().orElse(0);
			case TPOT -> sample.timePerOutputToken().orElse(0);
			case E2E -> sample.endToEnd();
		};
	}

}
