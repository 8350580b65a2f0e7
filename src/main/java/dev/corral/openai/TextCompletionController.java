package dev.corral.openai;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

import dev.corral.generation.CompletionGeneration;
import dev.corral.generation.CompletionGeneration.Prepared;
import dev.corral.web.ApiSettings;
import dev.corral.web.EventStream;
import dev.corral.web.JsonResponse;
import dev.corral.web.RequestBody;
import dev.corral.web.RequestIdFilter;
import dev.corral.web.UnknownFields;
import reactor.core.publisher.Mono;

/** {@code POST /v1/completions}. A client that hangs up cancels all its completions, streamed or not. */
@RestController
class TextCompletionController {

	private static final String ROUTE = "/v1/completions";

	private final RequestBody body;

	private final UnknownFields unknown;

	private final TextCompletionParser parser;

	private final CompletionGeneration generation;

	private final ApiSettings settings;

	TextCompletionController(RequestBody body, UnknownFields unknown, TextCompletionParser parser,
			CompletionGeneration generation,
			ApiSettings settings) {
		this.body = body;
		this.unknown = unknown;
		this.parser = parser;
		this.generation = generation;
		this.settings = settings;
	}

	@PostMapping(path = ROUTE, consumes = MediaType.APPLICATION_JSON_VALUE)
	Mono<Void> create(ServerWebExchange exchange) {
		return body.fields(exchange.getRequest()).map(fields -> unknown.reading(ROUTE, fields, parser::parse))
				.flatMap(request -> generation.prepare(request.completion())
						.flatMap(prepared -> answer(request, prepared, exchange)));
	}

	private Mono<Void> answer(TextCompletionRequest request, Prepared prepared, ServerWebExchange exchange) {
		var prompts = new PromptEcho(request, prepared);
		var events = prepared.generate(request.reply().bestOf());
		if (!request.stream()) {
			return WholeText.of(request, prompts, events)
					.flatMap(completion -> JsonResponse.write(exchange.getResponse(), completion));
		}
		var frames = TextStream.of(request, prompts, RequestIdFilter.idOf(exchange), events);
		return EventStream.write(exchange.getResponse(), EventStream.keptAlive(frames, settings.keepAlive()));
	}

}
