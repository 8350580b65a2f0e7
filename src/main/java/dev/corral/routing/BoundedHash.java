package dev.corral.routing;

import java.util.Comparator;
import java.util.List;

/**
 * Consistent hashing with bounded loads (Mirrokni, Thorup and Zadimoghaddam 2016, "Consistent Hashing with Bounded Loads"): a key has an order of
 * preference among the replicas, and goes to the first that has at most ceil({@value #EXCESS} × mean) requests with it. Servers that
 * know nothing of each other choose alike, and a replica that leaves or comes moves few keys.
 *
 * <p>The order is that of the hashes of key and replica together (Thaler and Ravishankar 1998, "Using Name-Based Mappings to Increase Hit
 * Rates"), which for few replicas is simpler than a ring, and even.
 */
final class BoundedHash {

	private static final double EXCESS = 1.25;

	private BoundedHash() {
	}

	/** @param candidates at least one */
	static Candidate choose(long key, List<Candidate> candidates) {
		int requests = 1 + candidates.stream().mapToInt(Candidate::busy).sum();
		double most = Math.ceil(EXCESS * requests / candidates.size());
		return candidates.stream().filter(candidate -> candidate.busy() + 1 <= most)
				.max(Comparator.comparingLong(candidate -> Hashes.step(key, Hashes.of(candidate.replica().name()))))
				.orElseThrow();
	}

}
