package dev.corral.routing;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Picks in this order:
 * <ol>
 * <li>replicas that are overloaded are left out, unless all are;
 * <li>a prompt of which nobody has a quarter cached is placed by {@link BoundedHash};
 * <li>else the best sum of weighted scores wins; of equal ones the least busy, then any.
 * </ol>
 * A cached half of a prompt weighs as much as a replica that is free against one that is full, so conversations stay where they are, and what many prompts
 * have in common spreads when it is asked for much.
 */
final class BestPicker implements Picker {

	private static final double LEAST_CACHED = 0.25;

	private static final List<Weighted> SCORES = List.of(new Weighted(new PrefixScore(), 2),
			new Weighted(new LoadScore(), 1), new Weighted(new SpeedScore(), 0.25));

	@Override
	public Pick pick(PromptBlocks prompt, List<Replica> replicas) {
		var all = replicas.stream().map(replica -> Candidate.of(replica, prompt)).toList();
		var roomy = all.stream().filter(Candidate::hasRoom).toList();
		var candidates = roomy.isEmpty() ? all : roomy;
		int mostCached = all.stream().mapToInt(Candidate::cachedTokens).max().orElseThrow();
		if (mostCached < LEAST_CACHED * prompt.tokens()) {
			return pick(BoundedHash.choose(prompt.key(), candidates), Pick.Reason.HASH);
		}
		var best = best(candidates);
		return pick(best, best.cachedTokens() == mostCached ? Pick.Reason.PREFIX : Pick.Reason.LOAD);
	}

	private static Candidate best(List<Candidate> candidates) {
		return candidates.stream().map(candidate -> new Ranked(candidate, score(candidate, candidates), tieBreak()))
				.max(Comparator.comparingDouble(Ranked::score).thenComparing(ranked -> -ranked.candidate().busy())
						.thenComparingLong(Ranked::tieBreak))
				.orElseThrow().candidate();
	}

	private static double score(Candidate candidate, List<Candidate> candidates) {
		return SCORES.stream().mapToDouble(score -> score.weight() * score.scorer().score(candidate, candidates))
				.sum();
	}

	private static long tieBreak() {
		return ThreadLocalRandom.current().nextLong();
	}

	private static Pick pick(Candidate candidate, Pick.Reason reason) {
		return new Pick(candidate.replica(), reason, candidate.cachedTokens());
	}

	private record Weighted(Scorer scorer, double weight) {
	}

	private record Ranked(Candidate candidate, double score, long tieBreak) {
	}

}
