package dev.corral.openai;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.corral.generation.ChatRequest;

/**
 * A valid request for a chat completion.
 *
 * @param chat what is asked of the model
 * @param stream whether the reply comes in chunks
 * @param includeUsage whether a stream ends with a chunk that tells the usage
 * @param reply how many replies, and what they tell
 * @param tokenIds whether they tell the ids of the prompt's tokens and of their own
 * @param kept what the client attaches to a completion that is to be stored; {@code null} if it is not
 */
record ChatCompletionRequest(ChatRequest chat, boolean stream, boolean includeUsage, ReplyOptions reply,
		boolean tokenIds, @Nullable Map<String, String> kept) {

	ChatCompletionRequest(ChatRequest chat, boolean stream, boolean includeUsage, ReplyOptions reply) {
		this(chat, stream, includeUsage, reply, false, null);
	}

}
