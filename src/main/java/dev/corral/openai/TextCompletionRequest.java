package dev.corral.openai;

import dev.corral.generation.CompletionRequest;

/**
 * A valid request for text completions.
 *
 * @param completion what is asked of the model
 * @param stream whether the completions come in chunks
 * @param includeUsage whether a stream ends with a chunk that tells the usage
 * @param reply how many completions of each prompt, and what they tell
 * @param told what comes with their text
 */
record TextCompletionRequest(CompletionRequest completion, boolean stream, boolean includeUsage, ReplyOptions reply,
		Told told) {

	/**
	 * What comes with the text of completions.
	 *
	 * @param prompt whether they begin with the prompt
	 * @param tokenIds whether the ids of all tokens are told
	 * @param idsAsText whether a token is named by its id instead of its text where log-probabilities are told
	 */
	record Told(boolean prompt, boolean tokenIds, boolean idsAsText) {
	}

	/** Place of a completion in the answer, of all that are generated of every prompt. */
	int prompt(int choice) {
		return choice / reply.bestOf();
	}

}
