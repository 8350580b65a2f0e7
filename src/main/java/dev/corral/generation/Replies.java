package dev.corral.generation;

import org.springframework.stereotype.Component;

import dev.corral.conversation.ConversationFailure;
import dev.corral.conversation.ConversationId;
import dev.corral.conversation.MessageId;
import dev.corral.conversation.OpenedReply;
import dev.corral.conversation.Owner;
import dev.corral.conversation.StoredMessage;
import dev.corral.inference.InferenceFailure;
import dev.corral.inference.InvalidParameter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Replies of stored conversations. They are written whether anybody reads them or not. Safe for any thread; nothing happens before a
 * result is subscribed to.
 */
@Component
public class Replies {

	/**
	 * Stores what is said and begins to write the reply. When this has completed, what was said is durable, and {@link #read} tells the
	 * reply. Error signals are {@link ConversationFailure}, {@link InferenceFailure} and {@link InvalidParameter}; then nothing was
	 * stored.
	 */
	public Mono<OpenedReply> send(Owner owner, ConversationId conversation, ReplyAsked asked) {
		return Mono.error(new UnsupportedOperationException());
	}

	/** Goes on with a reply that was stopped or interrupted, has failed, or ended at its length. */
	public Mono<StoredMessage> resume(Owner owner, MessageId reply, ReplySettings settings) {
		return Mono.error(new UnsupportedOperationException());
	}

	/**
	 * Tells a reply from where a reader is: what it has so far, then what comes, until it has ended. A reader that goes away stops nothing,
	 * and one that is slow is told several deltas as one.
	 *
	 * @param after where the reader is; {@link ReplyEventId#START} for everything
	 */
	public Flux<ReplyStep> read(Owner owner, MessageId reply, ReplyEventId after) {
		return Flux.error(new UnsupportedOperationException());
	}

	/** Ends a reply that is being written, which keeps what it has; completes when it is stored. One that has ended stays as it is. */
	public Mono<StoredMessage> stop(Owner owner, MessageId reply) {
		return Mono.error(new UnsupportedOperationException());
	}

}
