package dev.corral.responses;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

import dev.corral.generation.ChatRequest;
import dev.corral.responses.StoredResponses.Stored;
import dev.corral.web.JsonResponse;
import dev.corral.web.RequestBody;
import dev.corral.web.UnknownFields;
import reactor.core.publisher.Mono;

/**
 * {@code POST /v1/responses} and {@code POST /v1/responses/input_tokens}. A stored response is written to its end though its client hangs
 * up; one that is not stored ends then.
 */
@RestController
class ResponsesController {

	private static final String RESPONSES = "/v1/responses";

	private static final String INPUT_TOKENS = RESPONSES + "/input_tokens";

	private final RequestBody body;

	private final UnknownFields unknown;

	private final Owners owners;

	private final ResponsesParser parser;

	private final StoredResponses stored;

	private final UnstoredResponses unstored;

	private final ResponseFrames frames;

	ResponsesController(RequestBody body, UnknownFields unknown, Owners owners, ResponsesParser parser,
			StoredResponses stored, UnstoredResponses unstored, ResponseFrames frames) {
		this.body = body;
		this.unknown = unknown;
		this.owners = owners;
		this.parser = parser;
		this.stored = stored;
		this.unstored = unstored;
		this.frames = frames;
	}

	@PostMapping(path = RESPONSES, consumes = MediaType.APPLICATION_JSON_VALUE)
	Mono<Void> create(ServerWebExchange exchange) {
		return body.fields(exchange.getRequest()).map(fields -> unknown.reading(RESPONSES, fields, parser::parse))
				.flatMap(request -> request.echo().store()
						? stored.begin(owners.of(exchange), request).flatMap(begun -> answer(request, begun, exchange))
						: unstored.chat(owners.of(exchange), request)
								.flatMap(chat -> answer(request, chat, exchange)));
	}

	private Mono<Void> answer(ResponsesRequest request, Stored begun, ServerWebExchange exchange) {
		if (request.echo().background() && !request.stream()) {
			return JsonResponse.write(exchange.getResponse(), begun.object());
		}
		var owner = owners.of(exchange);
		var reply = stored.read(owner, begun.reply().id());
		return request.stream()
				? frames.stored(exchange, begun.head(), ResponseStream.FROM_THE_BEGINNING, reply)
				: reply.then(stored.find(owner, begun.reply().id()))
						.flatMap(ended -> JsonResponse.write(exchange.getResponse(), ended.object()));
	}

	private Mono<Void> answer(ResponsesRequest request, ChatRequest chat, ServerWebExchange exchange) {
		var head = UnstoredResponses.head(request, chat);
		var reply = unstored.generate(chat);
		return request.stream()
				? frames.unstored(exchange, head, reply)
				: reply.collect(ReplySoFar::new, ReplySoFar::add)
						.flatMap(told -> JsonResponse.write(exchange.getResponse(), ResponseObject.of(head, told)));
	}

	@PostMapping(path = INPUT_TOKENS, consumes = MediaType.APPLICATION_JSON_VALUE)
	Mono<Void> countTokens(ServerWebExchange exchange) {
		return body.fields(exchange.getRequest()).map(fields -> unknown.reading(INPUT_TOKENS, fields, parser::parse))
				.flatMap(request -> unstored.inputTokens(owners.of(exchange), request))
				.flatMap(tokens -> JsonResponse.write(exchange.getResponse(),
						new InputTokens("response.input_tokens", tokens)));
	}

	record InputTokens(String object, int inputTokens) {
	}

}
