package dev.corral.chat;

import java.time.Duration;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

import dev.corral.conversation.ChangedMeanwhile;
import dev.corral.conversation.Conversation;
import dev.corral.conversation.ConversationId;
import dev.corral.conversation.Conversations;
import dev.corral.conversation.Owner;
import dev.corral.conversation.SearchHit;
import dev.corral.inference.AllowedModels;
import dev.corral.inference.InvalidParameter;
import dev.corral.web.QueryFields;
import dev.corral.web.RequestBody;
import dev.corral.web.UnknownFields;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Makes, finds, changes and deletes conversations. */
@RestController
class ConversationController {

	private static final String ALL = "/api/conversations";

	private static final String ONE = ALL + "/{id}";

	/** How often a change that depends on the conversation is tried again when another came first. */
	private static final int RETRIES = 5;

	private final Conversations conversations;

	private final ConversationParser parser;

	private final ConversationOwners owners;

	private final RequestBody body;

	private final UnknownFields unknown;

	ConversationController(Conversations conversations, ConversationParser parser, ConversationOwners owners,
			RequestBody body,
			UnknownFields unknown) {
		this.conversations = conversations;
		this.parser = parser;
		this.owners = owners;
		this.body = body;
		this.unknown = unknown;
	}

	@PostMapping(path = ALL, consumes = MediaType.APPLICATION_JSON_VALUE)
	Mono<Void> create(ServerWebExchange exchange) {
		return body.fields(exchange.getRequest())
				.map(fields -> unknown.reading(ALL, fields, parser::parse))
				.flatMap(conversation -> AllowedModels.check(conversation.model())
						.then(Mono.defer(() -> conversations.create(owners.of(exchange), conversation))))
				.flatMap(made -> Answers.write(exchange, HttpStatus.CREATED, ConversationAnswer.of(made)));
	}

	@GetMapping(ALL)
	Mono<Void> list(ServerWebExchange exchange) {
		var query = new QueryFields(exchange.getRequest());
		return conversations.list(owners.of(exchange), query.flag("archived"), Pages.asked(query))
				.flatMap(page -> Answers.write(exchange, ConversationList.of(page)));
	}

	@GetMapping(ALL + "/search")
	Mono<Void> search(ServerWebExchange exchange) {
		var query = new QueryFields(exchange.getRequest());
		var text = query.requiredString("q").strip();
		if (text.isEmpty() || text.length() > SearchHit.MAX_QUERY_LENGTH) {
			throw new InvalidParameter("q", "must have 1 to %d characters, but has %d"
					.formatted(SearchHit.MAX_QUERY_LENGTH, text.length()));
		}
		return conversations.search(owners.of(exchange), text, Pages.asked(query))
				.flatMap(page -> Answers.write(exchange, SearchAnswer.of(page)));
	}

	@GetMapping(ONE)
	Mono<Void> get(@PathVariable String id, ServerWebExchange exchange) {
		return conversations.find(owners.of(exchange), ConversationId.parse(id))
				.flatMap(conversation -> Answers.write(exchange, ConversationAnswer.of(conversation)));
	}

	@PatchMapping(path = ONE, consumes = MediaType.APPLICATION_JSON_VALUE)
	Mono<Void> change(@PathVariable String id, ServerWebExchange exchange) {
		return body.fields(exchange.getRequest())
				.map(fields -> unknown.reading(ONE, fields, parser::parseChange))
				.flatMap(change -> (change.model() == null ? Mono.<Void>empty() : AllowedModels.check(change.model()))
						.then(Mono.defer(() -> change(owners.of(exchange), ConversationId.parse(id), change))))
				.flatMap(conversation -> Answers.write(exchange, ConversationAnswer.of(conversation)));
	}

	/** Some changes depend on what the conversation is now. Where the client has named no version, the newest is meant. */
	private Mono<Conversation> change(Owner owner, ConversationId id, AskedChange asked) {
		var changed = conversations.find(owner, id)
				.flatMap(read -> conversations.change(owner, id, asked.of(read), asked.versionFor(read)));
		return asked.version() == null
				? changed.retryWhen(Retry.backoff(RETRIES, Duration.ofMillis(5))
						.filter(ChangedMeanwhile.class::isInstance).onRetryExhaustedThrow((_, last) -> last.failure()))
				: changed;
	}

	@DeleteMapping(ONE)
	Mono<Void> delete(@PathVariable String id, ServerWebExchange exchange) {
		return conversations.delete(owners.of(exchange), ConversationId.parse(id))
				.then(Answers.nothing(exchange));
	}

}
