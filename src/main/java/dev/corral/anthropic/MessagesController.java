package dev.corral.anthropic;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

import dev.corral.generation.ChatGeneration;
import dev.corral.generation.ChoiceEvent;
import dev.corral.generation.ReplyEvent;
import dev.corral.web.ApiSettings;
import dev.corral.web.EventStream;
import dev.corral.web.JsonResponse;
import dev.corral.web.RequestBody;
import dev.corral.web.RequestIdFilter;
import dev.corral.web.UnknownFields;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * {@code POST /v1/messages} and {@code POST /v1/messages/count_tokens}. The headers {@code anthropic-version} and
 * {@code anthropic-beta} change nothing. A client that hangs up cancels the generation, streamed or not.
 */
@RestController
class MessagesController {

	private static final String MESSAGES = "/v1/messages";

	private static final String COUNT_TOKENS = MESSAGES + "/count_tokens";

	private final RequestBody body;

	private final UnknownFields unknown;

	private final MessagesParser parser;

	private final ChatGeneration generation;

	private final ApiSettings settings;

	MessagesController(RequestBody body, UnknownFields unknown, MessagesParser parser, ChatGeneration generation,
			ApiSettings settings) {
		this.body = body;
		this.unknown = unknown;
		this.parser = parser;
		this.generation = generation;
		this.settings = settings;
	}

	@PostMapping(path = MESSAGES, consumes = MediaType.APPLICATION_JSON_VALUE)
	Mono<Void> create(ServerWebExchange exchange) {
		return body.fields(exchange.getRequest()).map(fields -> unknown.reading(MESSAGES, fields, parser::parse))
				.flatMap(request -> request.stream() ? stream(request, exchange) : complete(request, exchange));
	}

	@PostMapping(path = COUNT_TOKENS, consumes = MediaType.APPLICATION_JSON_VALUE)
	Mono<Void> countTokens(ServerWebExchange exchange) {
		return body.fields(exchange.getRequest())
				.map(fields -> unknown.reading(COUNT_TOKENS, fields, parser::parsePrompt))
				.flatMap(generation::render).flatMap(
						prompt -> JsonResponse.write(exchange.getResponse(), new TokenCount(prompt.tokens().size())));
	}

	private Mono<Void> stream(MessagesRequest request, ServerWebExchange exchange) {
		var frames = MessageStream.of(request, RequestIdFilter.idOf(exchange), reply(request));
		return EventStream.write(exchange.getResponse(), EventStream.keptAlive(frames, settings.keepAlive()));
	}

	private Mono<Void> complete(MessagesRequest request, ServerWebExchange exchange) {
		return WholeMessage.of(request, reply(request))
				.flatMap(message -> JsonResponse.write(exchange.getResponse(), message));
	}

	private Flux<ReplyEvent> reply(MessagesRequest request) {
		return generation.generate(request.chat(), 1).map(ChoiceEvent::event);
	}

	/** {@code MessageTokensCount} of the Anthropic API. */
	record TokenCount(int inputTokens) {
	}

}
