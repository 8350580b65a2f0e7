package dev.corral.generation;

import java.util.ArrayList;
import java.util.List;

import org.springframework.stereotype.Component;

import dev.corral.catalog.ModelCatalog;
import dev.corral.inference.GenerationEvent;
import dev.corral.inference.GenerationRequest;
import dev.corral.inference.InferenceEngine;
import dev.corral.inference.InferenceFailure;
import dev.corral.inference.InvalidParameter;
import dev.corral.routing.ModelRouter;
import dev.corral.template.ConversationTemplate;
import dev.corral.template.TemplateFailed;
import dev.corral.template.Tool;
import dev.corral.template.ToolFormat;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Generates replies: from the messages of a conversation to the events of the model's answer. Safe for any thread. */
@Component
public class ChatGeneration {

	private final ModelRouter router;

	private final ModelCatalog catalog;

	ChatGeneration(ModelRouter router, ModelCatalog catalog) {
		this.router = router;
		this.catalog = catalog;
	}

	/**
	 * The reply, generated when subscribed to; the contract of {@link InferenceEngine#generate} holds, cancellation
	 * included. The text begins after the template's reply prefix; calls of tools stay in it. An error signal comes before any event and is an
	 * {@link InferenceFailure}, an {@link InvalidParameter} or {@link TemplateFailed}.
	 */
	public Flux<GenerationEvent> generate(ChatRequest request) {
		return prepare(request).flatMapMany(prepared -> prepared.reply(0));
	}

	/**
	 * Several replies to the same request, generated at once by the same engine, which reads the prompt they share; each keeps the
	 * contract of {@link #generate(ChatRequest)}, except that calls of tools are told apart from the text. Before all are admitted there is no event, so an error signal of any is that of all.
	 * If the request gives a seed, the first reply is the one that the request alone would get, and each further one has the next seed.
	 *
	 * @param count how many, at least 1
	 */
	public Flux<ChoiceEvent> generate(ChatRequest request, int count) {
		return prepare(request).flatMapMany(prepared -> Choices.merge(count, prepared::replyAndCalls));
	}

	/** The prompt that a request would be given to the model as, without generating. Errors are those of {@link #generate(ChatRequest)}. */
	public Mono<RenderedChat> render(ChatRequest request) {
		return offEventLoop(request, ChatGeneration::render);
	}

	private Mono<Prepared> prepare(ChatRequest request) {
		return offEventLoop(request, ChatGeneration::prepare);
	}

	private <T> Mono<T> offEventLoop(ChatRequest request, Preparation<T> preparation) {
		return Mono.defer(() -> {
			var engine = router.route(request.model());
			var template = catalog.get(request.model()).template();
			// Rendering and tokenizing a long conversation takes milliseconds that an event loop does not have.
			return OffEventLoop.call(() -> preparation.apply(request, template, engine));
		});
	}

	private static RenderedChat render(ChatRequest request, ConversationTemplate template, InferenceEngine engine) {
		var prompt = template.render(request.messages(), request.tools().callable(), request.rendering());
		return new RenderedChat(prompt.text(), engine.tokenizer().tokenize(prompt.segments(), prompt.bos()),
				engine.model().contextTokens());
	}

	private static Prepared prepare(ChatRequest request, ConversationTemplate template, InferenceEngine engine) {
		var tools = request.tools().callable();
		var prompt = template.render(request.messages(), tools, request.rendering());
		var promptTokens = engine.tokenizer().tokenize(prompt.segments(), prompt.bos());
		var contextTokens = engine.model().contextTokens();
		var room = contextTokens - promptTokens.size();
		if (room < 1) {
			throw new InferenceFailure.PromptTooLong(promptTokens.size(), contextTokens);
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
				.withCacheSalt(request.cacheSalt()).withConstraint(tools.isEmpty()
						? request.constraint()
						: ToolCallConstraints.of(template.toolFormat(), request.tools()));
		return new Prepared(engine, generation, prompt.replyPrefix(), template.toolFormat(), tools);
	}

	/** What is done with a request, its model's template and its engine. */
	private interface Preparation<T> {

		T apply(ChatRequest request, ConversationTemplate template, InferenceEngine engine);

	}

	private record Prepared(InferenceEngine engine, GenerationRequest request, String replyPrefix,
			ToolFormat toolFormat, List<Tool> tools) {

		Flux<GenerationEvent> reply(int choice) {
			return ReplyPrefix.strip(replyPrefix, engine.generate(Choices.request(request, choice)));
		}

		Flux<ReplyEvent> replyAndCalls(int choice) {
			return ToolCallStream.of(toolFormat, tools, ToolCallIds::next, reply(choice));
		}

	}

}
