package dev.corral.routing;

import java.util.List;

/** How much of the prompt need not be computed: cached tokens / prompt tokens. */
final class PrefixScore implements Scorer {

	@Override
	public double score(Candidate candidate, List<Candidate> all) {
		return (double) candidate.cachedTokens() / candidate.promptTokens();
	}

}
