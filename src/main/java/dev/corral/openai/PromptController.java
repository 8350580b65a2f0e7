package dev.corral.openai;

import java.util.function.Function;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

import dev.corral.generation.ChatGeneration;
import dev.corral.generation.RenderedChat;
import dev.corral.web.JsonResponse;
import dev.corral.web.RequestBody;
import dev.corral.web.UnknownFields;
import reactor.core.publisher.Mono;

/**
 * What a chat request would give the model to read, without a reply: {@code POST /apply-template} and
 * {@code POST /v1/chat/completions/input_tokens}, in the shapes of llama-server (tools/server/README.md).
 */
@RestController
class PromptController {

	private static final String APPLY_TEMPLATE = "/apply-template";

	private static final String INPUT_TOKENS = "/v1/chat/completions/input_tokens";

	private final RequestBody body;

	private final UnknownFields unknown;

	private final DefaultModel model;

	private final ChatCompletionParser parser;

	private final ChatGeneration generation;

	PromptController(RequestBody body, UnknownFields unknown, DefaultModel model, ChatCompletionParser parser,
			ChatGeneration generation) {
		this.body = body;
		this.unknown = unknown;
		this.model = model;
		this.parser = parser;
		this.generation = generation;
	}

	@PostMapping(path = APPLY_TEMPLATE, consumes = MediaType.APPLICATION_JSON_VALUE)
	Mono<Void> applyTemplate(ServerWebExchange exchange) {
		return answer(exchange, APPLY_TEMPLATE, prompt -> new Prompt(prompt.text()));
	}

	@PostMapping(path = INPUT_TOKENS, consumes = MediaType.APPLICATION_JSON_VALUE)
	Mono<Void> countTokens(ServerWebExchange exchange) {
		return answer(exchange, INPUT_TOKENS,
				prompt -> new InputTokens("response.input_tokens", prompt.tokens().size()));
	}

	private Mono<Void> answer(ServerWebExchange exchange, String route, Function<RenderedChat, Object> answer) {
		return body.fields(exchange.getRequest())
				.map(fields -> unknown.reading(route, fields, request -> parser.parse(request, model.of(request))))
				.flatMap(request -> generation.render(request.chat()))
				.flatMap(prompt -> JsonResponse.write(exchange.getResponse(), answer.apply(prompt)));
	}

	/** @param prompt without the beginning-of-sequence token */
	record Prompt(String prompt) {
	}

	record InputTokens(String object, int inputTokens) {
	}

}
