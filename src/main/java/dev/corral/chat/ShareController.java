package dev.corral.chat;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

import dev.corral.conversation.ConversationId;
import dev.corral.conversation.Messages;
import dev.corral.conversation.SharedConversation;
import dev.corral.conversation.Shares;
import dev.corral.template.Role;
import dev.corral.web.QueryFields;
import reactor.core.publisher.Mono;

/** Makes and ends links by which a conversation can be read, and tells what is behind one to whoever has it. */
@RestController
class ShareController {

	private static final String SHARE = "/api/conversations/{id}/share";

	private static final String SHARED = "/api/shared/";

	private final Shares shares;

	private final Messages messages;

	private final ConversationOwners owners;

	ShareController(Shares shares, Messages messages, ConversationOwners owners) {
		this.shares = shares;
		this.messages = messages;
		this.owners = owners;
	}

	@PostMapping(SHARE)
	Mono<Void> share(@PathVariable String id, ServerWebExchange exchange) {
		return shares.share(owners.of(exchange), ConversationId.parse(id))
				.flatMap(token -> Answers.write(exchange, HttpStatus.CREATED, new Link(token, SHARED + token)));
	}

	@DeleteMapping(SHARE)
	Mono<Void> revoke(@PathVariable String id, ServerWebExchange exchange) {
		return shares.revoke(owners.of(exchange), ConversationId.parse(id)).then(Answers.nothing(exchange));
	}

	@GetMapping(SHARED + "{token}")
	Mono<Void> read(@PathVariable String token, ServerWebExchange exchange) {
		var query = new QueryFields(exchange.getRequest());
		return shares.find(token).flatMap(shared -> page(shared, query))
				.flatMap(answer -> Answers.write(exchange, answer));
	}

	/** What was said; the system message tells how somebody set things up, and is theirs. */
	private Mono<SharedAnswer> page(SharedConversation shared, QueryFields query) {
		var conversation = shared.conversation();
		var owner = conversation.owner();
		return messages.tree(owner, conversation.id()).flatMap(tree -> {
			var page = BranchPage.of(tree, shared.leaf(), node -> node.role() != Role.SYSTEM, query);
			return messages.find(owner, conversation.id(), page.ids()).map(SharedAnswer.Said::of).collectList()
					.map(said -> new SharedAnswer(conversation.title(), said, page.next()));
		});
	}

	/** @param path where the conversation can be read, on this server */
	record Link(String token, String path) {
	}

}
