package dev.corral.anthropic;

import dev.corral.generation.ChatRequest;

/**
 * A valid request for a message.
 *
 * @param chat what is asked of the model
 * @param stream whether the reply comes in events
 */
record MessagesRequest(ChatRequest chat, boolean stream) {
}
