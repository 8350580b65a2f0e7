package dev.corral.conversation;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.corral.contextwindow.WindowReport;
import dev.corral.template.Message;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Replies that are being written. A conversation has at most one at a time, however many servers there are: whoever opens one holds
 * the conversation until it ends the reply. A holder that has not been heard of until its lease has run out is taken for dead.
 */
public interface ReplyStore {

	/**
	 * Stores what was said and an empty reply to it, {@link MessageStatus#QUEUED}, and makes them the active branch: all of it or
	 * nothing.
	 *
	 * @param parent what the first message follows, or the reply if there are no messages; {@code null} begins the conversation anew
	 * beside what is there
	 * @param said empty to have another reply to the parent, which then is a user's or a tool's message
	 * @throws ReplyRunning (as an error signal) if the conversation has one that is being written
	 */
	Mono<OpenedReply> open(Owner owner, ConversationId conversation, @Nullable MessageId parent, List<Message> said,
			String model, Instant leaseUntil);

	/**
	 * Goes on with a reply that was stopped, interrupted, has failed, or ended at its length: {@link MessageStatus#QUEUED} again, with
	 * the text it has, and its branch the active one.
	 *
	 * @throws ReplyRunning (as an error signal) as above
	 * @throws NotPossible (as an error signal) if it is no reply, or one that has come to its end
	 */
	Mono<StoredMessage> reopen(Owner owner, MessageId reply, Instant leaseUntil);

	/** The window of a reply that now begins to be written: {@link MessageStatus#IN_PROGRESS}. */
	Mono<Void> begin(MessageId reply, WindowReport window);

	/**
	 * Stores how far a reply is, and that its writer lives.
	 *
	 * @param text the whole text so far; of more than 1,048,576 UTF-16 units, as many are stored
	 * @return whether the reply is still this writer's; if not, another has taken it for dead, and it must stop
	 */
	Mono<Boolean> progress(MessageId reply, String text, Instant leaseUntil);

	/**
	 * Ends a reply and lets go of its conversation. Only the server that opened it can, and only until it is taken for dead; others can
	 * stop it, which leaves what is stored of it as it is.
	 */
	Mono<Void> end(MessageId reply, MessageStatus status, Message message, ReplyFacts facts);

	/** Ends as {@link MessageStatus#INTERRUPTED} what nobody was heard of writing until now; which those were. */
	Flux<MessageId> interruptAbandoned(Instant now);

}
