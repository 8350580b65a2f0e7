package dev.corral.generation;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.GenerationRequest;
import dev.corral.inference.OutputConstraint;
import dev.corral.inference.SamplingParameters;
import dev.corral.template.Message;

/**
 * A reply asked for.
 *
 * @param model the name of a served model
 * @param messages the conversation so far, not empty
 * @param maxCompletionTokens longest reply; {@code null} allows what the context window leaves
 * @param stopSequences texts that end the reply, beside those of the template
 * @param logprobs as in {@link GenerationRequest#logprobs}
 * @param priority as in {@link GenerationRequest#priority}
 * @param tenant as in {@link GenerationRequest#tenant}
 * @param cacheSalt as in {@link GenerationRequest#cacheSalt}
 * @param constraint as in {@link GenerationRequest#constraint}
 * @param tools what the reply may call
 */
public record ChatRequest(String model, List<Message> messages, @Nullable Integer maxCompletionTokens,
		SamplingParameters sampling, List<String> stopSequences, @Nullable Integer logprobs, int priority,
		String tenant, String cacheSalt, @Nullable OutputConstraint constraint, ToolUse tools) {

	public ChatRequest {
		messages = List.copyOf(messages);
		stopSequences = List.copyOf(stopSequences);
	}

	/** A request of normal priority, free and without log-probabilities. */
	public ChatRequest(String model, List<Message> messages, @Nullable Integer maxCompletionTokens,
			SamplingParameters sampling, List<String> stopSequences) {
		this(model, messages, maxCompletionTokens, sampling, stopSequences, null, 0, "", "", null, ToolUse.NONE);
	}

}
