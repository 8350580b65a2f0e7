package dev.corral.routing;

import java.util.List;

/** How much of the replica is free: 1 - (running + waiting) / sequences, and 0 when requests wait. */
final class LoadScore implements Scorer {

	@Override
	public double score(Candidate candidate, List<Candidate> all) {
		return Math.max(0, 1 - (double) candidate.busy() / candidate.sequences());
	}

}
