package dev.corral.chat;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

import dev.corral.conversation.ConversationId;
import dev.corral.conversation.MessageId;
import dev.corral.conversation.Messages;
import dev.corral.conversation.NotPossible;
import dev.corral.conversation.OpenedReply;
import dev.corral.conversation.Owner;
import dev.corral.conversation.StoredMessage;
import dev.corral.generation.Attach;
import dev.corral.generation.Replies;
import dev.corral.generation.ReplyEventId;
import dev.corral.generation.ReplyEventId.Stage;
import dev.corral.template.Role;
import dev.corral.web.JsonFields;
import dev.corral.web.RequestBody;
import dev.corral.web.UnknownFields;
import reactor.core.publisher.Mono;

/** Takes what asks for replies. What was said is stored before anything is answered. */
@RestController
class SendController {

	private static final String SEND = "/api/conversations/{id}/messages";

	private static final String EDIT = "/api/messages/{id}/edit";

	private static final String REGENERATE = "/api/messages/{id}/regenerate";

	private static final String CONTINUE = "/api/replies/{id}/continue";

	private final Replies replies;

	private final Messages messages;

	private final ReplyAnswers answers;

	private final ConversationOwners owners;

	private final RequestBody body;

	private final UnknownFields unknown;

	SendController(Replies replies, Messages messages, ReplyAnswers answers, ConversationOwners owners,
			RequestBody body,
			UnknownFields unknown) {
		this.replies = replies;
		this.messages = messages;
		this.answers = answers;
		this.owners = owners;
		this.body = body;
		this.unknown = unknown;
	}

	@PostMapping(path = SEND, consumes = MediaType.APPLICATION_JSON_VALUE)
	Mono<Void> send(@PathVariable String id, ServerWebExchange exchange) {
		var owner = owners.of(exchange);
		var conversation = ConversationId.parse(id);
		return body.fields(exchange.getRequest())
				.map(fields -> unknown.reading(SEND, fields, AskedReplyParser::message))
				.flatMap(asked -> tell(exchange, owner, asked,
						replies.send(owner, conversation, asked.after(attach(asked.parent())))));
	}

	/** Where nothing is said about it, a message goes to the end of the active branch. */
	private static Attach attach(@Nullable MessageId parent) {
		return parent == null ? new Attach.ToActiveBranch() : new Attach.After(parent);
	}

	@PostMapping(path = EDIT, consumes = MediaType.APPLICATION_JSON_VALUE)
	Mono<Void> edit(@PathVariable String id, ServerWebExchange exchange) {
		var owner = owners.of(exchange);
		var message = MessageId.parse(id);
		return body.fields(exchange.getRequest())
				.map(fields -> unknown.reading(EDIT, fields, AskedReplyParser::edit))
				.flatMap(asked -> tell(exchange, owner, asked, messages.find(owner, message)
						.flatMap(old -> replies.send(owner, old.conversation(), asked.after(inPlaceOf(old))))));
	}

	private static Attach inPlaceOf(StoredMessage message) {
		if (message.message().role() != Role.USER) {
			throw new NotPossible("Only what a user has said can be edited.");
		}
		var parent = message.parent();
		return parent == null ? new Attach.AsFirst() : new Attach.After(parent);
	}

	@PostMapping(REGENERATE)
	Mono<Void> regenerate(@PathVariable String id, ServerWebExchange exchange) {
		var owner = owners.of(exchange);
		var message = MessageId.parse(id);
		return asked(REGENERATE, exchange).flatMap(asked -> tell(exchange, owner, asked, messages.find(owner, message)
				.flatMap(old -> replies.send(owner, old.conversation(), asked.after(repliedTo(old))))));
	}

	/** The message that another reply is wanted to: one that was named itself, or that of the reply that was. */
	private static Attach repliedTo(StoredMessage message) {
		if (message.message().role() != Role.ASSISTANT) {
			return new Attach.After(message.id());
		}
		var parent = message.parent();
		if (parent == null) {
			throw new NotPossible("There is nothing before this message that could be replied to.");
		}
		return new Attach.After(parent);
	}

	/** Goes on with a reply, of which the client has what there is. */
	@PostMapping(CONTINUE)
	Mono<Void> resume(@PathVariable String id, ServerWebExchange exchange) {
		var owner = owners.of(exchange);
		var reply = MessageId.parse(id);
		return asked(CONTINUE, exchange).flatMap(asked -> answers.write(exchange, owner, asked,
				replies.resume(owner, reply, asked.settings()),
				resumed -> new ReplyEventId(Stage.START, resumed.message().content().length())));
	}

	private Mono<AskedReply> asked(String route, ServerWebExchange exchange) {
		return body.fieldsIfAny(exchange.getRequest())
				.map((JsonFields fields) -> unknown.reading(route, fields, AskedReplyParser::reply));
	}

	private Mono<Void> tell(ServerWebExchange exchange, Owner owner, AskedReply asked, Mono<OpenedReply> opened) {
		return answers.write(exchange, owner, asked, opened.map(OpenedReply::reply), _ -> ReplyEventId.START);
	}

}
