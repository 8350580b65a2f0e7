package dev.corral.generation;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import dev.corral.conversation.Conversation;
import dev.corral.conversation.ConversationFailure;
import dev.corral.conversation.ConversationId;
import dev.corral.conversation.Conversations;
import dev.corral.conversation.MessageId;
import dev.corral.conversation.MessageStatus;
import dev.corral.conversation.Messages;
import dev.corral.conversation.NotFound;
import dev.corral.conversation.NotPossible;
import dev.corral.conversation.OpenedReply;
import dev.corral.conversation.Owner;
import dev.corral.conversation.ReplyError;
import dev.corral.conversation.ReplyFacts;
import dev.corral.conversation.ReplyRunning;
import dev.corral.conversation.ReplyStore;
import dev.corral.conversation.StoredMessage;
import dev.corral.inference.InferenceFailure;
import dev.corral.inference.InvalidParameter;
import dev.corral.inference.TokenAccount;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Replies of stored conversations. They are written whether anybody reads them or not. Safe for any thread; nothing happens before a
 * result is subscribed to.
 */
@Component
public class Replies {

	private static final Logger log = LoggerFactory.getLogger(Replies.class);

	private final Conversations conversations;

	private final Messages messages;

	private final ReplyStore store;

	private final ReplyPrompts prompts;

	private final RunningReplies running;

	private final Titles titles;

	private final RepliesSettings settings;

	private final ReplyClock clock = ReplyClock.system();

	Replies(Conversations conversations, Messages messages, ReplyStore store, ReplyPrompts prompts,
			RunningReplies running, Titles titles, RepliesSettings settings) {
		this.conversations = conversations;
		this.messages = messages;
		this.store = store;
		this.prompts = prompts;
		this.running = running;
		this.titles = titles;
		this.settings = settings;
	}

	/**
	 * Stores what is said and begins to write the reply. When this has completed, what was said is durable, and {@link #read} tells the
	 * reply. Error signals are {@link ConversationFailure}, {@link InferenceFailure} and {@link InvalidParameter}; then nothing was
	 * stored.
	 */
	public Mono<OpenedReply> send(Owner owner, ConversationId conversation, ReplyAsked asked) {
		var sent = conversations.find(owner, conversation).flatMap(found -> open(owner, found, asked));
		return asked.waits() ? sent.retryWhen(Retry.from(this::turns)) : sent;
	}

	/** Goes on with a reply that was stopped or interrupted, has failed, or ended at its length. */
	public Mono<StoredMessage> resume(Owner owner, MessageId reply, ReplySettings asked) {
		return messages.find(owner, reply)
				.flatMap(stored -> conversations.find(owner, stored.conversation())
						.flatMap(conversation -> resume(owner, conversation, stored, asked)));
	}

	/**
	 * Tells a reply from where a reader is: what it has so far, then what comes, until it has ended. A reader that goes away stops nothing,
	 * and one that is slow is told several deltas as one.
	 *
	 * @param after where the reader is; {@link ReplyEventId#START} for everything
	 */
	public Flux<ReplyStep> read(Owner owner, MessageId reply, ReplyEventId after) {
		return reply(owner, reply).flatMapMany(stored -> {
			var here = running.find(reply);
			return here == null ? follow(owner, stored, new ReplyReader(after)) : here.read(after);
		});
	}

	/** Ends a reply that is being written, which keeps what it has; completes when it is stored. One that has ended stays as it is. */
	public Mono<StoredMessage> stop(Owner owner, MessageId reply) {
		return reply(owner, reply).flatMap(stored -> {
			if (!stored.status().running()) {
				return Mono.just(stored);
			}
			var here = running.find(reply);
			return Mono.defer(() -> here == null ? stopElsewhere(stored) : stopHere(here))
					.then(messages.find(owner, reply));
		});
	}

	/** How many this server writes now. */
	public int running() {
		return running.count();
	}

	private static Mono<Void> stopHere(RunningReply reply) {
		reply.stop(MessageStatus.STOPPED);
		return reply.ended();
	}

	/** The server that writes it learns from its next attempt to store that it is over. */
	private Mono<Void> stopElsewhere(StoredMessage reply) {
		var facts = Objects.requireNonNull(reply.reply());
		return store.end(reply.id(), MessageStatus.STOPPED, reply.message(), new ReplyFacts(facts.model(),
				facts.window(), facts.usage(), null, null, facts.timeToFirstToken(), null, clock.now()));
	}

	private Mono<StoredMessage> reply(Owner owner, MessageId id) {
		return messages.find(owner, id).flatMap(stored -> stored.reply() == null
				? Mono.error(new NotFound("reply", id))
				: Mono.just(stored));
	}

	private Mono<OpenedReply> open(Owner owner, Conversation conversation, ReplyAsked asked) {
		running.checkOpen();
		return parent(owner, conversation, asked).flatMap(parent -> prompts
				.plan(owner, conversation, parent.id(), asked.said(), asked.settings())
				.flatMap(plan -> TokenAccount.current().flatMap(account -> account.admit(plan.promptTokens()).then(store
						.open(owner, conversation.id(), parent.id(), asked.said(), plan.model().name(),
								clock.after(settings.lease()))
						.doOnNext(opened -> write(plan, opened.conversation(), opened.reply(), opened.said(),
								account))))));
	}

	private Mono<StoredMessage> resume(Owner owner, Conversation conversation, StoredMessage stored,
			ReplySettings asked) {
		running.checkOpen();
		if (stored.reply() == null) {
			return Mono.error(new NotPossible("Only a reply of a model can be continued."));
		}
		return prompts.continuation(owner, conversation, stored, asked)
				.flatMap(plan -> TokenAccount.current().flatMap(account -> account.admit(plan.promptTokens())
						.then(store.reopen(owner, stored.id(), clock.after(settings.lease())))
						.doOnNext(reopened -> write(plan, conversation, reopened, List.of(), account))));
	}

	private Mono<Parent> parent(Owner owner, Conversation conversation, ReplyAsked asked) {
		return switch (asked.attach()) {
			case Attach.AsFirst _ -> Mono.just(new Parent(null));
			case Attach.ToActiveBranch _ -> Mono.just(new Parent(conversation.leaf()));
			case Attach.After(var message) -> messages.find(owner, message)
					.filter(found -> found.conversation().equals(conversation.id()))
					.switchIfEmpty(Mono.error(new NotFound("message", message)))
					.map(found -> new Parent(message));
		};
	}

	/** Begins to write, and goes on whatever becomes of the caller, who pays for it. */
	private void write(ReplyPlan plan, Conversation conversation, StoredMessage opened, List<StoredMessage> said,
			TokenAccount account) {
		var owner = plan.owner();
		var reply = new RunningReply(opened, plan.model().name());
		reply.change(state -> state.queued(plan.waiting()));
		running.keepWhile(reply, _ -> new ReplyWriter(reply, store, settings, clock)
				.write(prompts.make(plan, said))
				.switchIfEmpty(Mono.defer(() -> endedElsewhere(owner, reply)))
				.onErrorResume(failure -> unreachable(reply, failure)))
				.flatMap(status -> titles.give(owner, conversation, reply.id(), status))
				.contextWrite(account.intoContext())
				.subscribe();
	}

	private Mono<MessageStatus> endedElsewhere(Owner owner, RunningReply reply) {
		return messages.find(owner, reply.id()).map(stored -> {
			reply.change(state -> state.endedLike(ReplyState.of(stored)));
			return stored.status();
		});
	}

	private static Mono<MessageStatus> unreachable(RunningReply reply, Throwable failure) {
		log.atError().addKeyValue("reply_id", reply.id().toString()).setCause(failure)
				.log("Reply {} has ended and could not be stored", reply.id());
		reply.change(state -> state.failed(new ReplyError("store_unavailable",
				"The reply has ended, and what it had at last could not be stored.")));
		return Mono.empty();
	}

	/** A reply that no writer here has: as it is stored, again and again until it has ended. */
	private Flux<ReplyStep> follow(Owner owner, StoredMessage stored, ReplyReader reader) {
		if (!stored.status().running()) {
			return Flux.fromIterable(reader.next(ReplyState.of(stored)));
		}
		return Flux.interval(settings.saveInterval()).onBackpressureDrop()
				.concatMap(_ -> messages.find(owner, stored.id()), 1)
				.startWith(stored)
				.concatMapIterable(found -> reader.next(ReplyState.of(found)), 1)
				.takeUntil(ReplyReader::last);
	}

	/** When a message that waits for its turn may try again. */
	private Flux<?> turns(Flux<Retry.RetrySignal> attempts) {
		var patience = clock.after(settings.turn());
		return attempts.concatMap(attempt -> {
			if (!(attempt.failure() instanceof ReplyRunning other) || clock.now().isAfter(patience)) {
				return Mono.error(attempt.failure());
			}
			var here = running.find(other.reply());
			return here == null
					? Mono.delay(settings.saveInterval())
					: here.ended().then(Mono.just(0L)).timeout(settings.turn(), Mono.just(0L));
		});
	}

	/** What a reply follows. */
	private record Parent(@Nullable MessageId id) {
	}

}
