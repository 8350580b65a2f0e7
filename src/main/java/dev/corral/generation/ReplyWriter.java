package dev.corral.generation;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.corral.conversation.MessageStatus;
import dev.corral.conversation.ReplyError;
import dev.corral.conversation.ReplyFacts;
import dev.corral.conversation.ReplyStore;
import dev.corral.generation.ReplyProgress.Done;
import dev.corral.generation.ReplyProgress.Used;
import dev.corral.inference.GenerationEvent;
import dev.corral.inference.GenerationEvent.Admitted;
import dev.corral.inference.GenerationEvent.Failed;
import dev.corral.inference.GenerationEvent.Finished;
import dev.corral.inference.GenerationEvent.PromptProcessed;
import dev.corral.inference.GenerationEvent.TokenDelta;
import dev.corral.inference.InferenceFailure;
import dev.corral.inference.Usage;
import dev.corral.template.Message;
import dev.corral.template.Role;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

/**
 * Writes one reply: takes it from the engine, tells its readers, and stores how far it is. Readers are told of its end when that is
 * stored.
 */
final class ReplyWriter {

	private static final Logger log = LoggerFactory.getLogger(ReplyWriter.class);

	/** With its waits in between, about a minute. */
	private static final int END_ATTEMPTS = 6;

	private final RunningReply reply;

	private final ReplyStore store;

	private final RepliesSettings settings;

	private final ReplyClock clock;

	private final ReplyCounts counts;

	private final AtomicInteger unsavedTokens = new AtomicInteger();

	/** Asks for the text to be stored. */
	private final Sinks.Many<Boolean> due = Sinks.many().multicast().directBestEffort();

	private final Sinks.Empty<Void> generated = Sinks.empty();

	/** Completes when it turns out that the reply has been ended by somebody else, who took this writer for dead or has stopped it. */
	private final Sinks.Empty<Void> taken = Sinks.empty();

	private final AtomicBoolean isTaken = new AtomicBoolean();

	private volatile @Nullable Throwable failure;

	ReplyWriter(RunningReply reply, ReplyStore store, RepliesSettings settings, ReplyClock clock) {
		this.reply = reply;
		this.store = store;
		this.settings = settings;
		this.clock = clock;
		this.counts = new ReplyCounts(clock.nanos());
	}

	/**
	 * Writes the reply when subscribed to.
	 *
	 * @return how it has ended, once that is stored; empty if somebody else has ended it. An error signal is that of a store which could
	 * not be reached
	 */
	Mono<MessageStatus> write(Mono<WindowedChat> prepared) {
		return Mono.when(generate(prepared), save()).then(Mono.defer(() -> isTaken.get() ? Mono.empty() : end()));
	}

	private Mono<Void> generate(Mono<WindowedChat> prepared) {
		return prepared.flatMapMany(this::events)
				.takeUntilOther(Flux.firstWithSignal(reply.stopped(), taken.asMono()))
				.doOnNext(this::accept).then()
				.onErrorResume(cause -> {
					failure = cause;
					return Mono.empty();
				})
				.doFinally(_ -> generated.tryEmitEmpty());
	}

	private Flux<ReplyEvent> events(WindowedChat windowed) {
		return store.begin(reply.id(), windowed.report()).thenMany(windowed.replyAndCalls(0));
	}

	private void accept(ReplyEvent event) {
		switch (event) {
			case ReplyEvent.Windowed(var report) -> reply.change(state -> state.window(report));
			case ReplyEvent.Generated(var generation) -> accept(generation);
			case ReplyEvent.ToolCallBegun begun -> counts.callBegun(begun.id(), begun.name());
			case ReplyEvent.ToolCallArguments arguments -> counts.callArguments(arguments.index(), arguments.part());
		}
	}

	private void accept(GenerationEvent event) {
		switch (event) {
			case Admitted _ -> {
				// Readers know since the reply was opened that it waits.
			}
			case PromptProcessed processed -> {
				counts.prompt(processed);
				reply.change(state -> state.prefilled(processed.promptTokens(), processed.cachedTokens()));
			}
			case TokenDelta delta -> {
				counts.delta(delta, clock.nanos());
				reply.change(state -> state.append(delta.text()));
				saveAfter(delta.tokenIds().size());
			}
			case Finished finished -> counts.finished(finished);
			case Failed failed -> {
				counts.failed(failed);
				failure = failed.failure();
			}
		}
	}

	private void saveAfter(int tokens) {
		if (unsavedTokens.addAndGet(tokens) >= settings.saveTokens()) {
			unsavedTokens.set(0);
			due.tryEmitNext(true);
		}
	}

	/** Stores the text so far, one time after the other, which also says that this writer lives. */
	private Mono<Void> save() {
		return Flux.merge(Flux.interval(settings.saveInterval()), due.asFlux())
				.onBackpressureLatest()
				.takeUntilOther(generated.asMono())
				.concatMap(_ -> saved(), 1)
				.filter(mine -> !mine)
				.doOnNext(_ -> {
					isTaken.set(true);
					taken.tryEmitEmpty();
				}).then();
	}

	private Mono<Boolean> saved() {
		return store.progress(reply.id(), reply.text(), clock.after(settings.lease()))
				.onErrorResume(unreachable -> {
					// The next attempt comes soon. If none gets through, the reply is taken for interrupted.
					log.atWarn().addKeyValue("reply_id", reply.id().toString()).setCause(unreachable)
							.log("Reply {} could not be stored so far", reply.id());
					return Mono.just(true);
				});
	}

	private Mono<MessageStatus> end() {
		var status = status();
		var error = status == MessageStatus.FAILED && failure != null ? ReplyErrors.of(reply.id(), failure) : null;
		var usage = counts.usage(reply.opened().reply());
		var message = new Message(Role.ASSISTANT, reply.text(), counts.calls(), null);
		return store.end(reply.id(), status, message, facts(usage, error))
				.retryWhen(Retry.backoff(END_ATTEMPTS, settings.saveInterval()))
				.doOnSuccess(_ -> reply.change(state -> state.ended(message.toolCalls(),
						new Used(usage, counts.timings()),
						error == null ? new Done(status, counts.finishReason()) : new ReplyProgress.Failed(error))))
				.thenReturn(status);
	}

	private MessageStatus status() {
		if (failure instanceof InferenceFailure.EngineClosed) {
			return MessageStatus.INTERRUPTED;
		}
		if (failure != null) {
			return MessageStatus.FAILED;
		}
		return counts.finishReason() == null ? reply.stoppedAs() : MessageStatus.COMPLETE;
	}

	private ReplyFacts facts(Usage usage, @Nullable ReplyError error) {
		return new ReplyFacts(reply.model(), reply.window(), usage, counts.finishReason(), counts.timings(),
				counts.timeToFirstToken(), error, clock.now());
	}

}
