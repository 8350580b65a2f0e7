package dev.corral.generation;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.corral.contextwindow.WindowPolicy;
import dev.corral.inference.GenerationRequest;
import dev.corral.inference.OutputConstraint;
import dev.corral.inference.SamplingParameters;
import dev.corral.template.Message;
import dev.corral.template.RenderOptions;
import dev.corral.template.Role;

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
 * @param constraint what the reply must look like unless it calls tools; {@code null} if it is free
 * @param tools what the reply may call
 * @param rendering how the conversation is written
 * @param cacheKey requests with the same one are likely to share a prefix; empty when nobody told. A hint to whoever chooses among
 * several replicas
 * @param window what is done if the conversation is longer than the context window; {@code null} refuses it
 */
public record ChatRequest(String model, List<Message> messages, @Nullable Integer maxCompletionTokens,
		SamplingParameters sampling, List<String> stopSequences, @Nullable Integer logprobs, int priority,
		String tenant, String cacheSalt, @Nullable OutputConstraint constraint, ToolUse tools,
		RenderOptions rendering, String cacheKey, @Nullable WindowPolicy window) {

	public ChatRequest {
		messages = List.copyOf(messages);
		stopSequences = List.copyOf(stopSequences);
	}

	/** A request for a new reply. */
	public ChatRequest(String model, List<Message> messages, @Nullable Integer maxCompletionTokens,
			SamplingParameters sampling, List<String> stopSequences, @Nullable Integer logprobs, int priority,
			String tenant, String cacheSalt, @Nullable OutputConstraint constraint, ToolUse tools) {
		this(model, messages, maxCompletionTokens, sampling, stopSequences, logprobs, priority, tenant, cacheSalt,
				constraint, tools, RenderOptions.NONE, "", null);
	}

	/** A request of normal priority, free and without log-probabilities. */
	public ChatRequest(String model, List<Message> messages, @Nullable Integer maxCompletionTokens,
			SamplingParameters sampling, List<String> stopSequences) {
		this(model, messages, maxCompletionTokens, sampling, stopSequences, null, 0, "", "", null, ToolUse.NONE);
	}

	public ChatRequest withTenant(String tenant) {
		return new ChatRequest(model, messages, maxCompletionTokens, sampling, stopSequences, logprobs, priority,
				tenant, cacheSalt, constraint, tools, rendering, cacheKey, window);
	}

	public ChatRequest withPriority(int priority) {
		return new ChatRequest(model, messages, maxCompletionTokens, sampling, stopSequences, logprobs, priority,
				tenant, cacheSalt, constraint, tools, rendering, cacheKey, window);
	}

	public ChatRequest withMessages(List<Message> messages) {
		return new ChatRequest(model, messages, maxCompletionTokens, sampling, stopSequences, logprobs, priority,
				tenant, cacheSalt, constraint, tools, rendering, cacheKey, window);
	}

	public ChatRequest withConstraint(@Nullable OutputConstraint constraint) {
		return new ChatRequest(model, messages, maxCompletionTokens, sampling, stopSequences, logprobs, priority,
				tenant, cacheSalt, constraint, tools, rendering, cacheKey, window);
	}

	public ChatRequest withLogprobs(@Nullable Integer logprobs) {
		return new ChatRequest(model, messages, maxCompletionTokens, sampling, stopSequences, logprobs, priority,
				tenant, cacheSalt, constraint, tools, rendering, cacheKey, window);
	}

	public ChatRequest withTools(ToolUse tools) {
		return new ChatRequest(model, messages, maxCompletionTokens, sampling, stopSequences, logprobs, priority,
				tenant, cacheSalt, constraint, tools, rendering, cacheKey, window);
	}

	public ChatRequest withRendering(RenderOptions rendering) {
		return new ChatRequest(model, messages, maxCompletionTokens, sampling, stopSequences, logprobs, priority,
				tenant, cacheSalt, constraint, tools, rendering, cacheKey, window);
	}

	public ChatRequest withCacheKey(String cacheKey) {
		return new ChatRequest(model, messages, maxCompletionTokens, sampling, stopSequences, logprobs, priority,
				tenant, cacheSalt, constraint, tools, rendering, cacheKey, window);
	}

	public ChatRequest withWindow(@Nullable WindowPolicy window) {
		return new ChatRequest(model, messages, maxCompletionTokens, sampling, stopSequences, logprobs, priority,
				tenant, cacheSalt, constraint, tools, rendering, cacheKey, window);
	}

	/** The same, going on with the last message if that is the assistant's and says something. */
	public ChatRequest continuingLast() {
		var last = messages.getLast();
		boolean open = last.role() == Role.ASSISTANT && last.toolCalls().isEmpty() && !last.content().isBlank();
		return open ? withRendering(rendering.continuingLast()) : this;
	}

}
