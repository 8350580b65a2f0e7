package dev.corral.routing;

import java.util.LinkedHashSet;

/**
 * What a replica has probably cached: the blocks of the prompts that it was sent and of the replies that it gave, the least recently used
 * forgotten first. A guess, for the replica decides alone what it keeps. Safe for any thread.
 */
final class PrefixMemory {

	private final int mostBlocks;

	/** Oldest first. */
	private final LinkedHashSet<Long> blocks = new LinkedHashSet<>();

	/** @param mostBlocks how many it remembers; one takes about 60 bytes */
	PrefixMemory(int mostBlocks) {
		this.mostBlocks = mostBlocks;
	}

	synchronized void remember(PromptBlocks prompt) {
		// From the end on, so that a beginning, which others may share, is forgotten after what follows it.
		for (int block = Math.min(prompt.size(), mostBlocks) - 1; block >= 0; block--) {
			blocks.addLast(prompt.hash(block));
		}
		while (blocks.size() > mostBlocks) {
			blocks.removeFirst();
		}
	}

	/** How many tokens at the beginning of a prompt are probably cached. */
	synchronized int cachedTokens(PromptBlocks prompt) {
		int block = 0;
		while (block < prompt.size() && blocks.contains(prompt.hash(block))) {
			block++;
		}
		return block * PromptBlocks.TOKENS;
	}

}
