package dev.corral.ollama;

import dev.corral.generation.CompletionRequest;

/**
 * A valid request to go on with a text that is no conversation.
 *
 * @param name what the client calls the model
 * @param completion what is asked of the model, of one text
 * @param stream whether the reply comes in lines
 */
record TextRequest(String name, CompletionRequest completion, boolean stream) {
}
