package dev.corral.routing;

import java.util.List;

/** How well a replica suits a prompt, by one thing. A plain function. */
@FunctionalInterface
interface Scorer {

	/**
	 * From 0, worst, to 1.
	 *
	 * @param all the candidates, this one among them
	 */
	double score(Candidate candidate, List<Candidate> all);

}
