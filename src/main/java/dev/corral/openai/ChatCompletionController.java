package dev.corral.openai;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

import dev.corral.access.Callers;
import dev.corral.conversation.Owner;
import dev.corral.generation.ChatGeneration;
import dev.corral.generation.ChoiceEvent;
import dev.corral.generation.RenderedChat;
import dev.corral.web.ApiSettings;
import dev.corral.web.EventStream;
import dev.corral.web.JsonResponse;
import dev.corral.web.RequestBody;
import dev.corral.web.RequestIdFilter;
import dev.corral.web.UnknownFields;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@code POST /v1/chat/completions}. A client that hangs up cancels the generation, streamed or not. */
@RestController
class ChatCompletionController {

	private static final String ROUTE = "/v1/chat/completions";

	private final RequestBody body;

	private final UnknownFields unknown;

	private final ChatCompletionParser parser;

	private final ChatGeneration generation;

	private final KeptCompletions completions;

	private final Callers callers;

	private final ApiSettings settings;

	ChatCompletionController(RequestBody body, UnknownFields unknown, ChatCompletionParser parser,
			ChatGeneration generation, KeptCompletions completions, Callers callers, ApiSettings settings) {
		this.body = body;
		this.unknown = unknown;
		this.parser = parser;
		this.generation = generation;
		this.completions = completions;
		this.callers = callers;
		this.settings = settings;
	}

	@PostMapping(path = ROUTE, consumes = MediaType.APPLICATION_JSON_VALUE)
	Mono<Void> create(ServerWebExchange exchange) {
		return body.fields(exchange.getRequest())
				.map(fields -> unknown.reading(ROUTE, fields, parser::parse))
				.flatMap(request -> request.stream() ? stream(request, exchange) : complete(request, exchange));
	}

	private Mono<Void> stream(ChatCompletionRequest request, ServerWebExchange exchange) {
		var id = RequestIdFilter.idOf(exchange);
		var frames = promptTokens(request).flatMapMany(prompt -> frames(request, exchange, id, prompt.orElse(null)));
		return EventStream.write(exchange.getResponse(), EventStream.keptAlive(frames, settings.keepAlive()));
	}

	private Flux<String> frames(ChatCompletionRequest request, ServerWebExchange exchange, String requestId,
			@Nullable List<Integer> promptTokens) {
		var head = CompletionHead.of(request.chat().model());
		if (request.kept() == null) {
			return ChunkStream.of(request, head, requestId, promptTokens, replies(request));
		}
		var whole = new WholeReply(request, head, promptTokens);
		// Kept before the last frame, so that a client that has seen it finds the completion.
		return ChunkStream.of(request, head, requestId, promptTokens, replies(request).doOnNext(whole::add))
				.concatMap(frame -> frame.equals(EventStream.DONE)
						? completions.keep(owner(exchange), request, whole.completion()).thenReturn(frame)
						: Mono.just(frame), 1);
	}

	private Owner owner(ServerWebExchange exchange) {
		return new Owner(callers.name(exchange.getRequest()));
	}

	private Mono<Void> complete(ChatCompletionRequest request, ServerWebExchange exchange) {
		return promptTokens(request)
				.flatMap(prompt -> WholeReply.of(request, prompt.orElse(null), replies(request)))
				.flatMap(reply -> (request.kept() == null
						? Mono.<Void>empty()
						: completions.keep(owner(exchange), request, reply))
						.then(JsonResponse.write(exchange.getResponse(), reply)));
	}

	private Flux<ChoiceEvent> replies(ChatCompletionRequest request) {
		return generation.generate(request.chat(), request.reply().bestOf());
	}

	/** The prompt's tokens if they are to be told; then it is rendered once more, which hardly anybody asks for. */
	private Mono<Optional<List<Integer>>> promptTokens(ChatCompletionRequest request) {
		return request.tokenIds()
				? generation.render(request.chat()).map(RenderedChat::tokens).map(Optional::of)
				: Mono.just(Optional.empty());
	}

}
