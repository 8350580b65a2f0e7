package dev.corral.chat;

import java.nio.charset.StandardCharsets;

import org.springframework.http.ContentDisposition;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

import dev.corral.conversation.ConversationId;
import dev.corral.conversation.exchange.ConversationExport;
import dev.corral.inference.InvalidParameter;
import dev.corral.web.JsonLines;
import dev.corral.web.QueryFields;
import reactor.core.publisher.Mono;

/** Gives callers their conversations as files. */
@RestController
class ExportController {

	private static final MediaType MARKDOWN = MediaType.valueOf("text/markdown;charset=UTF-8");

	private final ConversationExport export;

	private final ConversationOwners owners;

	ExportController(ConversationExport export, ConversationOwners owners) {
		this.export = export;
		this.owners = owners;
	}

	@GetMapping("/api/conversations/{id}/export")
	Mono<Void> one(@PathVariable String id, ServerWebExchange exchange) {
		var owner = owners.of(exchange);
		var conversation = ConversationId.parse(id);
		return switch (format(exchange)) {
			case "json" -> write(exchange, conversation, ".jsonl", MediaType.APPLICATION_NDJSON,
					export.json(owner, conversation));
			case "sharegpt" -> write(exchange, conversation, ".jsonl", MediaType.APPLICATION_NDJSON,
					export.shareGpt(owner, conversation));
			case "markdown" -> write(exchange, conversation, ".md", MARKDOWN, export.markdown(owner, conversation));
			default -> throw new InvalidParameter("format", "must be json, markdown or sharegpt");
		};
	}

	private static Mono<Void> write(ServerWebExchange exchange, ConversationId id, String suffix, MediaType type,
			Mono<String> content) {
		return content.flatMap(text -> {
			var response = exchange.getResponse();
			describe(response, "conversation-" + id + suffix);
			response.getHeaders().setContentType(type);
			var bytes = text.getBytes(StandardCharsets.UTF_8);
			response.getHeaders().setContentLength(bytes.length);
			return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(bytes)));
		});
	}

	/** All conversations, of which as many are in memory as the client takes. */
	@GetMapping("/api/export")
	Mono<Void> all(ServerWebExchange exchange) {
		var owner = owners.of(exchange);
		var lines = switch (format(exchange)) {
			case "json" -> export.json(owner);
			case "sharegpt" -> export.shareGpt(owner);
			default -> throw new InvalidParameter("format", "must be json or sharegpt");
		};
		describe(exchange.getResponse(), "conversations.jsonl");
		return JsonLines.write(exchange.getResponse(), lines);
	}

	private static String format(ServerWebExchange exchange) {
		return new QueryFields(exchange.getRequest()).string("format", "json");
	}

	private static void describe(ServerHttpResponse response, String file) {
		response.getHeaders().setContentDisposition(ContentDisposition.attachment().filename(file).build());
		response.getHeaders().setCacheControl("no-store");
	}

}
