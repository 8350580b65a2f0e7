package dev.corral.generation;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.SamplingParameters;
import dev.corral.template.Message;

/**
 * A reply asked for.
 *
 * @param model the name of a served model
 * @param messages the conversation so far, not empty
 * @param maxCompletionTokens longest reply; {@code null} allows what the context window leaves
 * @param stopSequences texts that end the reply, beside those of the template
 */
public record ChatRequest(String model, List<Message> messages, @Nullable Integer maxCompletionTokens,
		SamplingParameters sampling, List<String> stopSequences) {

	public ChatRequest {
		messages = List.copyOf(messages);
		stopSequences = List.copyOf(stopSequences);
	}

}
