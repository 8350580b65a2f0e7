package dev.corral.upstream;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.GenerationRequest;

/** How many bytes a reply may take on the wire, so that a server that does not stop fills no memory: generous, and bound to what was asked. */
final class ReplyBytes {

	private static final long SOME = 1 << 20;

	/** A chunk around a token's text, escaped, and its id. */
	private static final long TOKEN = 1024;

	/** A token of the prompt, by its id. */
	private static final long PROMPT_TOKEN = 16;

	private static final long LOGPROB = 256;

	private static final long LIKELY_TOKEN = 64;

	private ReplyBytes() {
	}

	/** @param contextTokens of the model */
	static long most(GenerationRequest request, int contextTokens) {
		long completion = Math.min(request.maxCompletionTokens(), contextTokens);
		long prompt = request.promptTokens().size();
		return SOME + completion * (TOKEN + logprobs(request.logprobs()))
		// Echoed as text and told as ids.
				+ prompt * (PROMPT_TOKEN + TOKEN / 4 + logprobs(CompletionBody.promptLogprobs(request)));
	}

	private static long logprobs(@Nullable Integer top) {
		return top == null ? 0 : LOGPROB + top * LIKELY_TOKEN;
	}

}
