package dev.corral.chat;

import java.util.List;

import org.springframework.stereotype.Component;

import dev.corral.contextwindow.WindowReport;
import dev.corral.conversation.MessageId;
import dev.corral.conversation.MessageNode;
import dev.corral.conversation.Messages;
import dev.corral.conversation.NotFound;
import dev.corral.conversation.Owner;
import dev.corral.conversation.StoredMessage;
import reactor.core.publisher.Mono;

/** Tells messages alone, which needs their branch where they tell of other messages on it. */
@Component
class MessageAnswers {

	private final Messages messages;

	MessageAnswers(Messages messages) {
		this.messages = messages;
	}

	Mono<MessageAnswer> of(Owner owner, StoredMessage message) {
		var facts = message.reply();
		var report = facts == null ? null : facts.window();
		return report == null
				? Mono.just(MessageAnswer.of(message, null, List.of()))
				: before(owner, message, report).map(branch -> MessageAnswer.of(message, null, branch));
	}

	Mono<WindowAnswer> window(Owner owner, StoredMessage reply, WindowReport report) {
		return before(owner, reply, report).map(branch -> WindowAnswer.of(report, branch));
	}

	/** The messages before the reply, if the report names any; empty too where the conversation has been deleted meanwhile. */
	private Mono<List<MessageId>> before(Owner owner, StoredMessage reply, WindowReport report) {
		return report.places() == null
				? Mono.just(List.of())
				: messages.tree(owner, reply.conversation()).map(tree -> tree.branch(reply.parent()))
						.map(branch -> branch.stream().map(MessageNode::id).toList())
						.onErrorReturn(NotFound.class, List.of());
	}

}
