package dev.corral.generation;

import java.util.Objects;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

import org.springframework.stereotype.Component;

import dev.corral.inference.GenerationEvent;
import dev.corral.inference.InferenceEngine;
import dev.corral.inference.InferenceFailure;
import dev.corral.inference.InvalidParameter;
import dev.corral.template.Role;
import dev.corral.template.TemplateFailed;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Generates replies: from the messages of a conversation to the events of the model's answer. Safe for any thread. */
@Component
public class ChatGeneration {

	private final ChatModels models;

	private final ChatWindow window;

	ChatGeneration(ChatModels models, ChatWindow window) {
		this.models = models;
		this.window = window;
	}

	/**
	 * The reply, generated when subscribed to; the contract of {@link InferenceEngine#generate} holds, cancellation
	 * included. The text begins after the template's reply prefix; calls of tools stay in it, and the conversation is given to the model as
	 * a whole. An error signal comes before any event and is an
	 * {@link InferenceFailure}, an {@link InvalidParameter} or {@link TemplateFailed}.
	 */
	public Flux<GenerationEvent> generate(ChatRequest request) {
		return prepare(request).flatMapMany(prepared -> prepared.reply(0));
	}

	/**
	 * Several replies to the same request, generated at once by the same engine, which reads the prompt they share; each keeps the
	 * contract of {@link #generate(ChatRequest)}, except that calls of tools are told apart from the text. Before all are admitted there
	 * is no event, so an error signal of any is that of all. If the request gives a seed, the first reply is the one that the request
	 * alone would get, and each further one has the next seed.
	 *
	 * @param count how many, at least 1
	 */
	public Flux<ChoiceEvent> generate(ChatRequest request, int count) {
		return request.window() == null
				? prepare(request).flatMapMany(prepared -> Choices.merge(count, prepared::replyAndCalls))
				: fit(request).flatMapMany(windowed -> Choices.merge(count, windowed::replyAndCalls));
	}

	/** The prompt that a request would be given to the model as, without generating. Errors are those of {@link #generate(ChatRequest)}. */
	public Mono<RenderedChat> render(ChatRequest request) {
		return request.window() == null
				? offEventLoop(request, ChatGeneration::render)
				: fit(request).map(windowed -> windowed.chat().rendered());
	}

	private Mono<PreparedChat> prepare(ChatRequest request) {
		return offEventLoop(request, PreparedChat::of);
	}

	private Mono<WindowedChat> fit(ChatRequest request) {
		var policy = request.window();
		if (policy == null || policy.summarises()) {
			return Mono.error(new InvalidParameter("context_window",
					"must not be one that summarises, because there is no stored conversation to keep summaries in"));
		}
		return models.find(request.model()).flatMap(model -> OffEventLoop.call(() -> {
			var sizes = models.sizes(model);
			var byPlace = request.messages().stream()
					.collect(Collectors.partitioningBy(message -> message.role() == Role.SYSTEM));
			var said = Objects.requireNonNull(byPlace.get(false));
			var pinned = request.withMessages(Objects.requireNonNull(byPlace.get(true)));
			var sized = said.stream().map(sizes::size).toList();
			var planned = window.plan(model, pinned, sized, policy, false);
			return window.fit(model, pinned, new Said.InMemory(said, sized), planned);
		})).flatMap(fitted -> fitted);
	}

	private <T> Mono<T> offEventLoop(ChatRequest request, BiFunction<ChatModel, ChatRequest, T> preparation) {
		// Rendering and tokenizing a long conversation takes milliseconds that an event loop does not have.
		return models.find(request.model())
				.flatMap(model -> OffEventLoop.call(() -> preparation.apply(model, request)));
	}

	private static RenderedChat render(ChatModel model, ChatRequest request) {
		var prompt = model.template().render(request.messages(), request.tools().callable(), request.rendering());
		return new RenderedChat(prompt.text(), model.engine().tokenizer().tokenize(prompt.segments(), prompt.bos()),
				model.contextTokens());
	}

}
