package dev.corral.openai;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

import dev.corral.access.Callers;
import dev.corral.conversation.KeptAnswer;
import dev.corral.conversation.KeptAnswer.Kind;
import dev.corral.conversation.KeptAnswers;
import dev.corral.conversation.NotFound;
import dev.corral.conversation.Owner;
import dev.corral.conversation.PageRequest;
import dev.corral.inference.InvalidParameter;
import dev.corral.openai.Listed.AskedMessage;
import dev.corral.web.JsonResponse;
import dev.corral.web.MetadataParser;
import dev.corral.web.QueryFields;
import dev.corral.web.RequestBody;
import dev.corral.web.UnknownFields;
import reactor.core.publisher.Mono;

/** {@code GET /v1/chat/completions} and what is below: chat completions that were stored. */
@RestController
class KeptCompletionsController {

	private static final String COMPLETIONS = "/v1/chat/completions";

	private static final String COMPLETION = COMPLETIONS + "/{id}";

	private static final int USUAL_LIMIT = 20;

	private final RequestBody body;

	private final UnknownFields unknown;

	private final Callers callers;

	private final KeptAnswers answers;

	private final KeptCompletions completions;

	KeptCompletionsController(RequestBody body, UnknownFields unknown, Callers callers, KeptAnswers answers,
			KeptCompletions completions) {
		this.body = body;
		this.unknown = unknown;
		this.callers = callers;
		this.answers = answers;
		this.completions = completions;
	}

	@GetMapping(COMPLETIONS)
	Mono<Void> list(ServerWebExchange exchange) {
		var query = new QueryFields(exchange.getRequest());
		var after = query.string("after");
		var page = new PageRequest(after == null ? null : id(after).toString(), query.integer("limit", USUAL_LIMIT));
		return completions.list(owner(exchange), KeptFilter.of(query), newestFirst(query), page)
				.flatMap(found -> JsonResponse.write(exchange.getResponse(), Listed.of(found.items(),
						kept -> kept.path("id").stringValue(""), found.next() != null)));
	}

	private static boolean newestFirst(QueryFields query) {
		return switch (query.string("order", "asc")) {
			case "asc" -> false;
			case "desc" -> true;
			default -> throw new InvalidParameter("order", "must be asc or desc");
		};
	}

	@GetMapping(COMPLETION)
	Mono<Void> get(@PathVariable String id, ServerWebExchange exchange) {
		return find(id, exchange)
				.flatMap(found -> JsonResponse.write(exchange.getResponse(), KeptCompletion.told(found)));
	}

	@PostMapping(path = COMPLETION, consumes = MediaType.APPLICATION_JSON_VALUE)
	Mono<Void> change(@PathVariable String id, ServerWebExchange exchange) {
		return body.fields(exchange.getRequest())
				.map(fields -> unknown.reading(COMPLETION, fields, asked -> {
					var metadata = MetadataParser.parse(asked);
					if (metadata == null) {
						throw asked.invalid("metadata", "is required");
					}
					return metadata;
				})).flatMap(metadata -> find(id, exchange).flatMap(found -> {
					var changed = KeptCompletion.withMetadata(KeptCompletion.told(found), metadata);
					return answers.change(owner(exchange), Kind.COMPLETION, found.id(), changed.toString())
							.then(JsonResponse.write(exchange.getResponse(), changed));
				}));
	}

	@DeleteMapping(COMPLETION)
	Mono<Void> delete(@PathVariable String id, ServerWebExchange exchange) {
		return find(id, exchange).flatMap(found -> completions.delete(owner(exchange), found))
				.then(JsonResponse.write(exchange.getResponse(), new Deleted(id, "chat.completion.deleted", true)));
	}

	/** What was asked, without the reply. */
	@GetMapping(COMPLETION + "/messages")
	Mono<Void> messages(@PathVariable String id, ServerWebExchange exchange) {
		var query = new QueryFields(exchange.getRequest());
		var page = new PageRequest(query.string("after"), query.integer("limit", USUAL_LIMIT));
		boolean newestFirst = newestFirst(query);
		return find(id, exchange).flatMap(found -> completions.asked(owner(exchange), found)).flatMap(asked -> {
			var items = IntStream.range(0, asked.size())
					.mapToObj(i -> AskedMessage.of("%s-%d".formatted(id, i), asked.get(i))).toList();
			return JsonResponse.write(exchange.getResponse(), page(newestFirst ? items.reversed() : items, page));
		});
	}

	private static Listed page(List<AskedMessage> items, PageRequest page) {
		int from = 0;
		if (page.after() != null) {
			from = items.stream().map(AskedMessage::id).toList().indexOf(page.after()) + 1;
			if (from == 0) {
				throw new NotFound("message", page.after());
			}
		}
		int to = Math.min(from + page.limit(), items.size());
		return Listed.of(items.subList(from, to), AskedMessage::id, to < items.size());
	}

	private Mono<KeptAnswer> find(String id, ServerWebExchange exchange) {
		return Mono.defer(() -> answers.find(owner(exchange), Kind.COMPLETION, id(id)));
	}

	private static UUID id(String text) {
		if (!text.startsWith(KeptCompletions.ID_PREFIX)) {
			throw new NotFound("completion", text);
		}
		return KeptAnswer.parseId(Kind.COMPLETION, text.substring(KeptCompletions.ID_PREFIX.length()));
	}

	private Owner owner(ServerWebExchange exchange) {
		return new Owner(callers.name(exchange.getRequest()));
	}

	record Deleted(String id, String object, boolean deleted) {
	}

}
