package dev.corral.chat;

import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

import dev.corral.contextwindow.WindowPolicy;
import dev.corral.contextwindow.WindowReport;
import dev.corral.conversation.ConversationId;
import dev.corral.conversation.MessageId;
import dev.corral.conversation.Messages;
import dev.corral.conversation.NotFound;
import dev.corral.conversation.Owner;
import dev.corral.conversation.Segment;
import dev.corral.conversation.Segments;
import dev.corral.conversation.StoredMessage;
import dev.corral.generation.WindowPreviews;
import dev.corral.web.QueryFields;
import reactor.core.publisher.Mono;

/** Tells what of a conversation a model was given for a reply, and what it would be given for the next one. */
@RestController
class WindowController {

	private final Messages messages;

	private final Segments segments;

	private final MessageAnswers answers;

	private final WindowPreviews previews;

	private final ConversationOwners owners;

	WindowController(Messages messages, Segments segments, MessageAnswers answers, WindowPreviews previews,
			ConversationOwners owners) {
		this.messages = messages;
		this.segments = segments;
		this.answers = answers;
		this.previews = previews;
		this.owners = owners;
	}

	@GetMapping("/api/replies/{id}/window")
	Mono<Void> ofReply(@PathVariable String id, ServerWebExchange exchange) {
		var owner = owners.of(exchange);
		return messages.find(owner, MessageId.parse(id)).flatMap(reply -> told(owner, reply))
				.flatMap(answer -> Answers.write(exchange, answer));
	}

	private Mono<ReplyWindow> told(Owner owner, StoredMessage reply) {
		var facts = reply.reply();
		var report = facts == null ? null : facts.window();
		if (report == null) {
			return Mono.error(new NotFound("window of a reply", reply.id()));
		}
		return recap(owner, reply, report).map(Optional::of).defaultIfEmpty(Optional.empty())
				.zipWith(answers.window(owner, reply, report), (recap, window) -> new ReplyWindow(window,
						recap.orElse(null), report.systemTokens()));
	}

	/** The summary of all that was left out: the one that ends with the last of it. */
	private Mono<String> recap(Owner owner, StoredMessage reply, WindowReport report) {
		var places = report.within(reply.depth()).places();
		if (places == null || report.recapTokens() == 0) {
			return Mono.empty();
		}
		return messages.tree(owner, reply.conversation()).map(tree -> tree.branch(reply.parent()))
				.flatMap(branch -> segments
						.recap(owner, reply.conversation(), branch.get(places.firstKept() - 1).id()))
				.mapNotNull(Segment::recap);
	}

	@GetMapping("/api/conversations/{id}/window")
	Mono<Void> ofConversation(@PathVariable String id, ServerWebExchange exchange) {
		var query = new QueryFields(exchange.getRequest());
		var policy = query.string("policy");
		return previews
				.next(owners.of(exchange), ConversationId.parse(id), query.string("model"),
						policy == null ? null : WindowPolicy.of("policy", policy))
				.flatMap(preview -> Answers.write(exchange, NextWindowAnswer.of(preview)));
	}

	/**
	 * @param recap the summary that stood for what was left out; {@code null} if none did, or it is not stored
	 * @param systemTokens as in {@link WindowReport}
	 */
	record ReplyWindow(@JsonUnwrapped WindowAnswer window, @Nullable String recap, @Nullable Integer systemTokens) {
	}

}
