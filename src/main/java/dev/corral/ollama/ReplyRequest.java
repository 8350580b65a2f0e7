package dev.corral.ollama;

import dev.corral.generation.ChatRequest;

/**
 * A valid request for a reply.
 *
 * @param name what the client calls the model
 * @param chat what is asked of the model
 * @param stream whether the reply comes in lines
 */
record ReplyRequest(String name, ChatRequest chat, boolean stream) {
}
