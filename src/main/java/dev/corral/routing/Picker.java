package dev.corral.routing;

import java.util.List;

/** Decides which replica gets a request. Safe for any thread. */
@FunctionalInterface
interface Picker {

	/** @param replicas at least one, all of which take requests */
	Pick pick(PromptBlocks prompt, List<Replica> replicas);

}
