package dev.corral.routing;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How fast the replica has been beside the fastest: (prefill rate / best prefill rate + decode rate / best decode rate) / 2. A rate that is
 * not known yet counts as the best, so that it becomes known.
 */
final class SpeedScore implements Scorer {

	@Override
	public double score(Candidate candidate, List<Candidate> all) {
		return (share(candidate, all, Candidate::prefillRate) + share(candidate, all, Candidate::decodeRate)) / 2;
	}

	private static double share(Candidate candidate, List<Candidate> all, ToDoubleFunction<Candidate> rate) {
		double own = rate.applyAsDouble(candidate);
		double best = all.stream().mapToDouble(rate).max().orElse(own);
		return own == 0 ? 1 : own / best;
	}

}
