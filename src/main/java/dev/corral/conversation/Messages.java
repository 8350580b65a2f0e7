package dev.corral.conversation;

import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.corral.template.Message;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The messages of stored conversations. Whatever is another owner's does not exist: {@link NotFound}. Nothing happens before a result
 * is subscribed to; what has completed is durable.
 */
public interface Messages {

	Mono<MessageTree> tree(Owner owner, ConversationId conversation);

	Mono<StoredMessage> find(Owner owner, MessageId id);

	/** These messages of a conversation, by depth; ids that it does not have are left out. */
	Flux<StoredMessage> find(Owner owner, ConversationId conversation, Collection<MessageId> ids);

	/**
	 * Adds messages that follow on each other, none of them a reply to be written, and makes them the active branch.
	 *
	 * @param parent what the first of them follows; {@code null} begins the conversation anew beside what is there
	 * @throws ReplyRunning (as an error signal) if a reply is being written in the conversation
	 */
	Mono<List<StoredMessage>> append(Owner owner, ConversationId conversation, @Nullable MessageId parent,
			List<Message> messages);

	/** Counts become known after the message is stored. */
	Mono<Void> count(MessageId id, TokenCount tokens);

	/** @param feedback {@code null} takes it back */
	Mono<Void> judge(Owner owner, MessageId reply, @Nullable Feedback feedback);

}
