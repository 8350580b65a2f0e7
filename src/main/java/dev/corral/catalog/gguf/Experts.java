package dev.corral.catalog.gguf;

import java.util.Collections;
import java.util.List;

/** The expert counts of a mixture of experts; the native loader asserts how they fit. */
final class Experts {

	/** LLAMA_MAX_EXPERTS of llama.cpp v0.5.0. */
	private static final int MAX_EXPERTS = 1024;

	private Experts() {
	}

	static void check(String prefix, int blocks, Metadata metadata) {
		int experts = count(metadata, prefix + "expert_count");
		int used = Collections.max(metadata.findPerBlock(prefix + "expert_used_count", blocks, 0, MAX_EXPERTS)
				.orElse(List.of(0)));
		if (used > experts || (used == 0 && experts > 0)) {
			throw Flaw.of("%sexpert_used_count is %d and expert_count %d, which do not fit", prefix, used, experts);
		}
		int groups = count(metadata, prefix + "expert_group_count");
		int usedGroups = count(metadata, prefix + "expert_group_used_count");
		boolean fit = groups == 0 || (groups == 1 && experts > 1)
				|| (groups < experts && experts % groups == 0 && usedGroups > 0 && usedGroups < groups);
		if (!fit) {
			throw Flaw.of("%sexpert_group_count is %d with %d used and expert_count %d, which do not fit", prefix,
					groups, usedGroups, experts);
		}
	}

	private static int count(Metadata metadata, String key) {
		return metadata.findWhole(key, 0, MAX_EXPERTS).orElse(0);
	}

}
