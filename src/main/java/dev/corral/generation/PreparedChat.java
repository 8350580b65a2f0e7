package dev.corral.generation;

import java.util.ArrayList;
import java.util.List;

import dev.corral.contextwindow.WindowPolicy;
import dev.corral.inference.GenerationEvent;
import dev.corral.inference.GenerationRequest;
import dev.corral.inference.InferenceEngine;
import dev.corral.inference.InferenceFailure;
import dev.corral.template.Prompt;
import dev.corral.template.Tool;
import dev.corral.template.ToolFormat;
import reactor.core.publisher.Flux;

/** A request whose prompt is rendered and tokenized. */
record PreparedChat(InferenceEngine engine, GenerationRequest request, Prompt prompt, ToolFormat toolFormat,
		List<Tool> tools) {

	/**
	 * Takes milliseconds for a long conversation.
	 *
	 * @throws InferenceFailure.PromptTooLong if no room is left for a reply
	 */
	static PreparedChat of(ChatModel model, ChatRequest request) {
		var engine = model.engine();
		var template = model.template();
		var tools = request.tools().callable();
		var prompt = template.render(request.messages(), tools, request.rendering());
		var promptTokens = engine.tokenizer().tokenize(prompt.segments(), prompt.bos());
		var room = model.contextTokens() - promptTokens.size();
		if (room < 1) {
			throw new InferenceFailure.PromptTooLong(promptTokens.size(), model.contextTokens());
		}
		var asked = request.maxCompletionTokens();
		var stopSequences = new ArrayList<>(request.stopSequences());
		if (!request.tools().mustCall()) {
			// A reply that is a call as a whole ends with it, and its arguments may have any text.
			stopSequences.addAll(template.stopSequences());
		}
		var generation = new GenerationRequest(promptTokens, asked == null ? room : asked, request.sampling(),
				stopSequences.stream().distinct().toList()).withLogprobs(request.logprobs())
				.withPriority(request.priority()).withTenant(request.tenant())
				.withCacheSalt(request.cacheSalt()).withSlidesCache(request.window() == WindowPolicy.SINK_SHIFT)
				.withConstraint(tools.isEmpty()
						? request.constraint()
						: ToolCallConstraints.of(template.toolFormat(), request.tools(), request.constraint()));
		// In what a constraint lets through, only the beginning tells whether it is a call.
		var toolFormat = request.constraint() == null
				? template.toolFormat()
				: template.toolFormat().atBeginning();
		return new PreparedChat(engine, generation, prompt, toolFormat, tools);
	}

	RenderedChat rendered() {
		return new RenderedChat(prompt.text(), request.promptTokens(), engine.model().contextTokens());
	}

	int promptTokens() {
		return request.promptTokens().size();
	}

	/** One of several replies, with the calls of tools in its text. */
	Flux<GenerationEvent> reply(int choice) {
		return ReplyPrefix.strip(prompt.replyPrefix(), engine.generate(Choices.request(request, choice)));
	}

	/** One of several replies, with the calls of tools apart. */
	Flux<ReplyEvent> replyAndCalls(int choice) {
		return ToolCallStream.of(toolFormat, tools, ToolCallIds::next, reply(choice));
	}

}
