package dev.corral.ollama;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

import dev.corral.generation.ChatGeneration;
import dev.corral.generation.ChoiceEvent;
import dev.corral.generation.CompletionGeneration;
import dev.corral.generation.Vocabularies;
import dev.corral.ollama.ReplyLine.Said;
import dev.corral.ollama.ReplyLine.Shape;
import dev.corral.web.JsonFields;
import dev.corral.web.JsonLines;
import dev.corral.web.JsonResponse;
import dev.corral.web.RequestBody;
import dev.corral.web.RequestIdFilter;
import dev.corral.web.UnknownFields;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * {@code POST /api/chat} and {@code POST /api/generate}. The body is taken for JSON whatever its type is said to be, for that is what
 * curl sends. A client that hangs up cancels the generation, streamed or not.
 */
@RestController
class ReplyController {

	private static final String CHAT = "/api/chat";

	private static final String GENERATE = "/api/generate";

	private final RequestBody body;

	private final UnknownFields unknown;

	private final RequestParser parser;

	private final ChatGeneration generation;

	private final CompletionGeneration completions;

	private final Vocabularies vocabularies;

	ReplyController(RequestBody body, UnknownFields unknown, RequestParser parser, ChatGeneration generation,
			CompletionGeneration completions, Vocabularies vocabularies) {
		this.body = body;
		this.unknown = unknown;
		this.parser = parser;
		this.generation = generation;
		this.completions = completions;
		this.vocabularies = vocabularies;
	}

	@PostMapping(CHAT)
	Mono<Void> chat(ServerWebExchange exchange) {
		return body.fields(exchange.getRequest()).flatMap(fields -> {
			var messages = fields.array("messages");
			return messages == null || messages.isEmpty()
					? loaded(fields, Shape.MESSAGE, exchange)
					: reply(unknown.reading(CHAT, fields, parser::chat), Shape.MESSAGE, exchange);
		});
	}

	@PostMapping(GENERATE)
	Mono<Void> generate(ServerWebExchange exchange) {
		return body.fields(exchange.getRequest()).flatMap(fields -> {
			var prompt = fields.string("prompt");
			if (prompt == null || prompt.isEmpty()) {
				return loaded(fields, Shape.RESPONSE, exchange);
			}
			return RequestParser.isText(fields)
					? continuation(unknown.reading(GENERATE, fields, parser::text), exchange)
					: reply(unknown.reading(GENERATE, fields, parser::generate), Shape.RESPONSE, exchange);
		});
	}

	/** With nothing to answer, a request asks for the model to be loaded, or not to be kept. It is loaded as long as the server runs. */
	private Mono<Void> loaded(JsonFields fields, Shape shape, ServerWebExchange exchange) {
		return vocabularies.use(parser.model(fields), (_, model) -> model.name())
				.flatMap(name -> JsonResponse.write(exchange.getResponse(),
						ReplyLine.end(name, shape, Said.text(""), "load", null)));
	}

	private Mono<Void> reply(ReplyRequest request, Shape shape, ServerWebExchange exchange) {
		return write(request.name(), request.stream(), shape, generation.generate(request.chat(), 1), exchange);
	}

	private Mono<Void> continuation(TextRequest request, ServerWebExchange exchange) {
		var choices = completions.prepare(request.completion()).flatMapMany(prepared -> prepared.generate(1));
		return write(request.name(), request.stream(), Shape.RESPONSE, choices, exchange);
	}

	private static Mono<Void> write(String name, boolean stream, Shape shape, Flux<ChoiceEvent> choices,
			ServerWebExchange exchange) {
		var events = choices.map(ChoiceEvent::event);
		if (stream) {
			return JsonLines.write(exchange.getResponse(),
					ReplyLines.stream(name, shape, RequestIdFilter.idOf(exchange), events));
		}
		return ReplyLines.whole(name, shape, events)
				.flatMap(line -> JsonResponse.write(exchange.getResponse(), line));
	}

}
