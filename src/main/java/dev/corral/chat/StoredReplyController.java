package dev.corral.chat;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

import dev.corral.conversation.MessageId;
import dev.corral.conversation.Messages;
import dev.corral.conversation.NotFound;
import dev.corral.conversation.Owner;
import dev.corral.conversation.StoredMessage;
import dev.corral.generation.Replies;
import dev.corral.generation.ReplyEventId;
import dev.corral.generation.ReplyEventId.Stage;
import dev.corral.web.QueryFields;
import dev.corral.web.RequestBody;
import dev.corral.web.UnknownFields;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Mono;

/** Tells replies that there are, stops them, and takes what readers think of them. */
@RestController
class StoredReplyController {

	private static final String REPLY = "/api/replies/{id}";

	private static final String FEEDBACK = "/api/messages/{id}/feedback";

	private static final String LAST_EVENT_ID = "Last-Event-ID";

	private final Replies replies;

	private final Messages messages;

	private final ReplyAnswers answers;

	private final MessageAnswers told;

	private final ConversationOwners owners;

	private final RequestBody body;

	private final UnknownFields unknown;

	private final Counter resumes;

	StoredReplyController(Replies replies, Messages messages, ReplyAnswers answers, MessageAnswers told,
			ConversationOwners owners, RequestBody body, UnknownFields unknown,
			MeterRegistry meters) {
		this.replies = replies;
		this.messages = messages;
		this.answers = answers;
		this.told = told;
		this.owners = owners;
		this.body = body;
		this.unknown = unknown;
		this.resumes = Counter.builder("corral.replies.resumes").baseUnit("streams")
				.description("Streams of replies that readers took up again where they had lost them").register(meters);
	}

	@GetMapping(REPLY)
	Mono<Void> get(@PathVariable String id, ServerWebExchange exchange) {
		var owner = owners.of(exchange);
		return find(owner, MessageId.parse(id))
				.flatMap(reply -> told.of(owner, reply)).flatMap(reply -> Answers.write(exchange, reply));
	}

	/**
	 * The events that follow on the one that the reader has seen last. A reader that has seen all gets 204, which keeps browsers from
	 * asking again (WHATWG HTML, section 9.2.3).
	 */
	@GetMapping(REPLY + "/events")
	Mono<Void> events(@PathVariable String id, ServerWebExchange exchange) {
		var owner = owners.of(exchange);
		var after = after(exchange);
		if (!after.equals(ReplyEventId.START)) {
			resumes.increment();
		}
		return find(owner, MessageId.parse(id))
				.flatMap(reply -> {
					if (after.stage() != Stage.ENDED) {
						return answers.stream(exchange, owner, reply, after);
					}
					// One that was continued meanwhile has more to tell than what it had ended with.
					return reply.status().running()
							? answers.stream(exchange, owner, reply,
									new ReplyEventId(Stage.START, after.characters()))
							: Answers.nothing(exchange);
				});
	}

	private static ReplyEventId after(ServerWebExchange exchange) {
		var header = exchange.getRequest().getHeaders().getFirst(LAST_EVENT_ID);
		if (header != null && !header.isEmpty()) {
			return ReplyEventId.parse(LAST_EVENT_ID, header);
		}
		var field = new QueryFields(exchange.getRequest()).string("after");
		return field == null ? ReplyEventId.START : ReplyEventId.parse("after", field);
	}

	private Mono<StoredMessage> find(Owner owner, MessageId id) {
		return messages.find(owner, id).doOnNext(message -> {
			if (message.reply() == null) {
				throw new NotFound("reply", id);
			}
		});
	}

	@PostMapping(REPLY + "/stop")
	Mono<Void> stop(@PathVariable String id, ServerWebExchange exchange) {
		var owner = owners.of(exchange);
		return replies.stop(owner, MessageId.parse(id))
				.flatMap(reply -> told.of(owner, reply)).flatMap(reply -> Answers.write(exchange, reply));
	}

	@PutMapping(path = FEEDBACK, consumes = MediaType.APPLICATION_JSON_VALUE)
	Mono<Void> judge(@PathVariable String id, ServerWebExchange exchange) {
		var owner = owners.of(exchange);
		var message = MessageId.parse(id);
		return body.fields(exchange.getRequest())
				.map(fields -> unknown.reading(FEEDBACK, fields, FeedbackAnswer::parse))
				.flatMap(feedback -> messages.judge(owner, message, feedback).then(messages.find(owner, message))
						.mapNotNull(StoredMessage::feedback).defaultIfEmpty(feedback))
				.flatMap(stored -> Answers.write(exchange, FeedbackAnswer.of(stored)));
	}

	@DeleteMapping(FEEDBACK)
	Mono<Void> takeBack(@PathVariable String id, ServerWebExchange exchange) {
		return messages.judge(owners.of(exchange), MessageId.parse(id), null).then(Answers.nothing(exchange));
	}

}
