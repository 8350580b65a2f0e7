package dev.corral.openai;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

import dev.corral.generation.ChatGeneration;
import dev.corral.generation.ChoiceEvent;
import dev.corral.web.ApiSettings;
import dev.corral.web.EventStream;
import dev.corral.web.JsonResponse;
import dev.corral.web.RequestBody;
import dev.corral.web.RequestIdFilter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@code POST /v1/chat/completions}. A client that hangs up cancels the generation, streamed or not. */
@RestController
class ChatCompletionController {

	private final RequestBody body;

	private final ChatCompletionParser parser;

	private final ChatGeneration generation;

	private final ApiSettings settings;

	ChatCompletionController(RequestBody body, ChatCompletionParser parser, ChatGeneration generation,
			ApiSettings settings) {
		this.body = body;
		this.parser = parser;
		this.generation = generation;
		this.settings = settings;
	}

	@PostMapping(path = "/v1/chat/completions", consumes = MediaType.APPLICATION_JSON_VALUE)
	Mono<Void> create(ServerWebExchange exchange) {
		return body.read(exchange.getRequest()).map(parser::parse)
				.flatMap(request -> request.stream() ? stream(request, exchange) : complete(request, exchange));
	}

	private Mono<Void> stream(ChatCompletionRequest request, ServerWebExchange exchange) {
		var frames = ChunkStream.of(request, RequestIdFilter.idOf(exchange), replies(request));
		return EventStream.write(exchange.getResponse(), EventStream.keptAlive(frames, settings.keepAlive()));
	}

	private Flux<ChoiceEvent> replies(ChatCompletionRequest request) {
		return generation.generate(request.chat(), request.reply().bestOf());
	}

	private Mono<Void> complete(ChatCompletionRequest request, ServerWebExchange exchange) {
		return WholeReply.of(request, replies(request))
				.flatMap(reply -> JsonResponse.write(exchange.getResponse(), reply));
	}

}
