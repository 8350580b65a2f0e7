package dev.corral.chat;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

import dev.corral.conversation.Conversation;
import dev.corral.conversation.ConversationId;
import dev.corral.conversation.Conversations;
import dev.corral.conversation.MessageId;
import dev.corral.conversation.MessageNode;
import dev.corral.conversation.MessageTree;
import dev.corral.conversation.Messages;
import dev.corral.conversation.Owner;
import dev.corral.conversation.StoredMessage;
import dev.corral.inference.InvalidParameter;
import dev.corral.web.JsonFields;
import dev.corral.web.QueryFields;
import dev.corral.web.RequestBody;
import dev.corral.web.UnknownFields;
import reactor.core.publisher.Mono;

/** Tells the messages of a conversation, and switches between its branches. */
@RestController
class BranchController {

	private static final String BRANCH = "/api/conversations/{id}/branch";

	private final Conversations conversations;

	private final Messages messages;

	private final ConversationOwners owners;

	private final RequestBody body;

	private final UnknownFields unknown;

	BranchController(Conversations conversations, Messages messages, ConversationOwners owners, RequestBody body,
			UnknownFields unknown) {
		this.conversations = conversations;
		this.messages = messages;
		this.owners = owners;
		this.body = body;
		this.unknown = unknown;
	}

	@GetMapping("/api/conversations/{id}/messages")
	Mono<Void> list(@PathVariable String id, ServerWebExchange exchange) {
		var query = new QueryFields(exchange.getRequest());
		boolean whole = switch (query.string("view", "branch")) {
			case "branch" -> false;
			case "tree" -> true;
			default -> throw new InvalidParameter("view", "must be branch or tree");
		};
		var owner = owners.of(exchange);
		var conversation = ConversationId.parse(id);
		return Mono.zip(conversations.find(owner, conversation), messages.tree(owner, conversation))
				.flatMap(both -> whole
						? Mono.just(MessageTreeAnswer.of(both.getT1(), both.getT2()))
						: branch(owner, both.getT1(), both.getT2(), query))
				.flatMap(answer -> Answers.write(exchange, answer));
	}

	private Mono<MessageList> branch(Owner owner, Conversation conversation, MessageTree tree, QueryFields query) {
		var page = BranchPage.of(tree, conversation.leaf(), _ -> true, query);
		var ids = tree.branch(conversation.leaf()).stream().map(MessageNode::id).toList();
		return messages.find(owner, conversation.id(), page.ids())
				.map(message -> MessageAnswer.of(message, siblings(tree, message),
						ids.subList(0, Math.min(message.depth(), ids.size()))))
				.collectList()
				.map(told -> new MessageList(told, page.next()));
	}

	private static List<String> siblings(MessageTree tree, StoredMessage message) {
		return tree.siblings(message.id()).stream().map(node -> node.id().toString()).toList();
	}

	@PostMapping(path = BRANCH, consumes = MediaType.APPLICATION_JSON_VALUE)
	Mono<Void> activate(@PathVariable String id, ServerWebExchange exchange) {
		var owner = owners.of(exchange);
		var conversation = ConversationId.parse(id);
		return body.fields(exchange.getRequest())
				.map(fields -> unknown.reading(BRANCH, fields, BranchController::switchedTo))
				.flatMap(message -> messages.tree(owner, conversation).map(tree -> tree.newestLeaf(message).id()))
				.flatMap(leaf -> conversations.activate(owner, conversation, leaf))
				.flatMap(changed -> Answers.write(exchange, ConversationAnswer.of(changed)));
	}

	/** Reads the message whose branch is wanted. */
	static MessageId switchedTo(JsonFields fields) {
		return MessageId.parse(fields.requiredString("message_id"));
	}

	/**
	 * Some messages of the active branch, from the oldest on.
	 *
	 * @param next as in {@link BranchPage}
	 */
	record MessageList(List<MessageAnswer> messages, @Nullable String next) {
	}

}
