package dev.corral.cli.bench;

import java.time.Instant;
import java.util.Map;

/**
 * What was measured, at one moment.
 *
 * @param wallSeconds from the first request to the end of the last so far
 * @param total over all requests
 * @param groups the same for each group, if there are several
 * @param measures times that a workload takes beside those of single requests, by name
 * @param failures number of failed requests by kind
 * @param examples the detail of the first failure of each kind
 * @param notes what a reader of the figures must know, with how often it happened
 */
record Report(String target, String model, Load load, Instant started, double wallSeconds, Group total,
		Map<String, Group> groups, Map<String, Summary> measures, Map<String, Long> failures,
		Map<String, String> examples, Map<String, Long> notes) {

	/**
	 * @param good complete and within the SLO
	 * @param cachedTokens prompt tokens that were not computed again, or {@value Sample#UNKNOWN} if the target does not tell
	 */
	record Group(long complete, long failed, long hungUp, long good, long promptTokens, long cachedTokens,
			long completionTokens, Summary timeToFirstToken, Summary gap, Summary timePerOutputToken,
			Summary endToEnd) {

		/** Good ones among those that were to be completed, 0 to 1. */
		double goodShare() {
			return complete + failed == 0 ? 0 : (double) good / (complete + failed);
		}

	}

	double perSecond(double amount) {
		return wallSeconds > 0 ? amount / wallSeconds : 0;
	}

}
