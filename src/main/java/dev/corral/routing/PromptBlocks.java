package dev.corral.routing;

import java.util.List;

import dev.corral.inference.GenerationRequest;

/**
 * A prompt as caches of prefixes know it: a chain of hashes, one for each whole block of {@value #TOKENS} tokens, each of all tokens up to
 * the end of its block. Two prompts with an equal hash at the same place begin alike that far, but for a collision, which costs a wrong guess
 * and nothing more. Prompts of other tenants or cache salts have other hashes, for they may not share.
 */
final class PromptBlocks {

	/** Length of a block. Shorter ones know more exactly how far prompts agree, and take more memory. */
	static final int TOKENS = 64;

	/** As many blocks decide where a prompt goes that nobody knows: more than most shared instructions have. */
	private static final int BLOCKS_OF_KEY = 4;

	private final long[] chain;

	private final int tokens;

	private final long key;

	private PromptBlocks(long seed, List<Integer> tokens) {
		this.chain = new long[tokens.size() / TOKENS];
		this.tokens = tokens.size();
		long hash = seed;
		int place = 0;
		for (int token : tokens) {
			hash = Hashes.step(hash, token);
			place++;
			if (place % TOKENS == 0) {
				chain[place / TOKENS - 1] = hash;
			}
		}
		this.key = chain.length == 0 ? hash : chain[Math.min(BLOCKS_OF_KEY, chain.length) - 1];
	}

	static PromptBlocks of(GenerationRequest request) {
		return of(request, request.promptTokens());
	}

	/** @param tokens a prompt of whoever sent the request */
	static PromptBlocks of(GenerationRequest request, List<Integer> tokens) {
		return new PromptBlocks(Hashes.of(request.tenant()) ^ Long.rotateLeft(Hashes.of(request.cacheSalt()), 1),
				tokens);
	}

	/** How many whole blocks there are. */
	int size() {
		return chain.length;
	}

	/** Of a block and all before it. */
	long hash(int block) {
		return chain[block];
	}

	/** Tokens of the prompt, those after the last whole block included. */
	int tokens() {
		return tokens;
	}

	/** The same for every prompt that begins with the same few blocks, in every process. */
	long key() {
		return key;
	}

}
