package dev.corral.generation;

import java.util.ArrayList;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import dev.corral.conversation.Conversation;
import dev.corral.conversation.ConversationChange;
import dev.corral.conversation.Conversations;
import dev.corral.conversation.MessageId;
import dev.corral.conversation.MessageStatus;
import dev.corral.conversation.Messages;
import dev.corral.conversation.Owner;
import dev.corral.conversation.StoredMessage;
import dev.corral.inference.SamplingParameters;
import dev.corral.template.Message;
import dev.corral.template.Role;
import reactor.core.publisher.Mono;

/** Has the model give a title to a conversation that has none, after its first reply. */
@Component
class Titles {

	private static final Logger log = LoggerFactory.getLogger(Titles.class);

	static final String QUESTION = "Write a short title for this conversation.";

	private static final int MAX_TOKENS = 24;

	/** Titles can wait for people. */
	private static final int PRIORITY = -100;

	private static final int FIRST_REPLY_DEPTH = 1;

	private final RepliesSettings settings;

	private final Conversations conversations;

	private final Messages messages;

	private final ModelAnswer answer;

	Titles(RepliesSettings settings, Conversations conversations, Messages messages, ModelAnswer answer) {
		this.settings = settings;
		this.conversations = conversations;
		this.messages = messages;
		this.answer = answer;
	}

	/** Does nothing where there is nothing to do; there is no error signal, for a conversation can do without a title. */
	Mono<Void> give(Owner owner, Conversation conversation, MessageId reply, MessageStatus status) {
		if (!settings.titles() || conversation.title() != null || status != MessageStatus.COMPLETE) {
			return Mono.empty();
		}
		return messages.find(owner, reply).filter(stored -> stored.depth() <= FIRST_REPLY_DEPTH)
				.flatMap(stored -> messages.find(owner, conversation.id(), said(stored)).collectList())
				.flatMap(said -> answer.of(question(owner, conversation, said)))
				.map(Titles::cleaned).filter(title -> !title.isEmpty())
				.flatMap(title -> set(owner, conversation, title))
				.onErrorResume(failure -> {
					log.atDebug().addKeyValue("conversation_id", conversation.id().toString()).setCause(failure)
							.log("Conversation {} gets no title", conversation.id());
					return Mono.empty();
				});
	}

	private static List<MessageId> said(StoredMessage reply) {
		return reply.parent() == null ? List.of(reply.id()) : List.of(reply.parent(), reply.id());
	}

	private static ChatRequest question(Owner owner, Conversation conversation, List<StoredMessage> said) {
		var messages = new ArrayList<>(said.stream().map(StoredMessage::message).toList());
		messages.add(new Message(Role.USER, QUESTION));
		return new ChatRequest(conversation.model(), messages, MAX_TOKENS, SamplingParameters.GREEDY, List.of())
				.withTenant(owner.name()).withPriority(PRIORITY);
	}

	/** The first line, without the quotation marks and the full stop that models like to put around. */
	static String cleaned(String text) {
		var line = text.strip().lines().findFirst().orElse("").strip();
		var bare = line.replaceAll("^[\"'“”«»*#\\s]+|[\"'“”«»*\\s.]+$", "");
		return bare.length() <= Conversation.MAX_TITLE_LENGTH
				? bare
				: bare.substring(0, bare.offsetByCodePoints(0, Conversation.MAX_TITLE_LENGTH / 2));
	}

	/** Somebody may have given it one meanwhile. */
	private Mono<Void> set(Owner owner, Conversation conversation, String title) {
		return conversations.find(owner, conversation.id()).filter(now -> now.title() == null)
				.flatMap(now -> conversations.change(owner, now.id(), ConversationChange.title(title), now.version()))
				.then();
	}

}
