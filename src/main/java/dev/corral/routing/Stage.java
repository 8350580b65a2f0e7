package dev.corral.routing;

import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.GenerationEvent;
import dev.corral.inference.GenerationEvent.Admitted;
import dev.corral.inference.GenerationEvent.Failed;
import dev.corral.inference.GenerationEvent.PromptProcessed;
import dev.corral.inference.GenerationRequest;
import dev.corral.inference.InferenceFailure;
import dev.corral.inference.InferenceFailure.WorkerLost;
import dev.corral.inference.InvalidParameter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;

/**
 * What one replica does for a request. Its events end with the reply's end, or without one when it has failed; it tells the replica's
 * {@link CircuitBreaker} how it went. Not safe for threads, but for cancellation.
 */
final class Stage {

	private final Pick pick;

	private final PromptBlocks prompt;

	private final GenerationRequest request;

	private final ReplySoFar reply;

	private final boolean moved;

	private final Pooling pooling;

	/** Whether the circuit breaker knows how it went. */
	private final AtomicBoolean decided = new AtomicBoolean();

	private @Nullable RuntimeException failure;

	private RoutingCounters.@Nullable Move move;

	private boolean admitted;

	/** Set by the watch, before the replica is cancelled. */
	private volatile boolean silent;

	/** @param moved whether another replica was left for this one */
	Stage(Pick pick, PromptBlocks prompt, GenerationRequest request, ReplySoFar reply, boolean moved, Pooling pooling) {
		this.pick = pick;
		this.prompt = prompt;
		this.request = request;
		this.reply = reply;
		this.moved = moved;
		this.pooling = pooling;
	}

	Replica replica() {
		return pick.replica();
	}

	/** Why there is no end; to be asked when the events are over. */
	RuntimeException failure() {
		return failure == null ? new WorkerLost("its reply broke off") : failure;
	}

	/** Whether the replica has taken the request; to be asked when the events are over. */
	boolean admitted() {
		return admitted;
	}

	/** Why another replica may do better; {@code null} if none would. */
	RoutingCounters.@Nullable Move move() {
		return move;
	}

	Flux<GenerationEvent> events() {
		var watch = new SilenceWatch(replica(), request.promptTokens().size(), pooling);
		return Flux.defer(() -> replica().engine().generate(request)).doOnRequest(watch::asked)
				.takeUntilOther(watch.silence().doOnNext(_ -> silent = true))
				.onErrorResume(RuntimeException.class, this::broken)
				.<GenerationEvent>handle((event, reader) -> {
					watch.heard(event);
					hear(event, reader);
				}).concatWith(Flux.defer(this::over)).doFinally(_ -> leave());
	}

	private void hear(GenerationEvent event, SynchronousSink<GenerationEvent> reader) {
		if (silent || failure != null || reply.ended()) {
			return;
		}
		if (event instanceof Failed failed) {
			judge(failed.failure());
			if (move != null) {
				reader.complete();
				return;
			}
		} else if (event instanceof Admitted) {
			admitted = true;
			replica().prefixes().remember(prompt);
		} else if (event instanceof PromptProcessed processed) {
			answered();
			pooling.counters().prompt(processed.promptTokens(), pick.cachedTokens(), processed.cachedTokens());
		}
		var told = reply.told(event, moved);
		if (told != null) {
			reader.next(told);
		}
	}

	private Flux<GenerationEvent> broken(RuntimeException error) {
		if (!reply.ended() && failure == null) {
			judge(error);
		}
		return Flux.empty();
	}

	private Flux<GenerationEvent> over() {
		if (!reply.ended() && failure == null) {
			judge(new WorkerLost(silent ? "it has told nothing for too long" : "its reply broke off"));
		}
		return Flux.empty();
	}

	private void judge(RuntimeException error) {
		failure = error;
		if (!(error instanceof InferenceFailure known)) {
			if (error instanceof InvalidParameter) {
				answered();
			} else {
				decided.set(true);
				replica().circuit().failed();
			}
			return;
		}
		switch (known.kind()) {
			case WORKER_LOST -> lost(silent ? RoutingCounters.Move.STALLED : RoutingCounters.Move.LOST);
			case ENGINE_CLOSED -> lost(RoutingCounters.Move.CLOSED);
			case MODEL_LOADING, MODEL_FAILED, MODEL_NOT_FOUND -> lost(RoutingCounters.Move.UNAVAILABLE);
			case DECODE_FAILED -> {
				decided.set(true);
				replica().circuit().failed();
			}
			case PROMPT_TOO_LONG, PROMPT_EMPTY, QUEUE_FULL, QUEUE_TIMEOUT, RATE_LIMIT_EXCEEDED -> answered();
		}
	}

	private void lost(RoutingCounters.Move reason) {
		decided.set(true);
		move = reason;
		replica().circuit().lost();
	}

	private void answered() {
		decided.set(true);
		replica().circuit().answered();
	}

	private void leave() {
		replica().leave();
		if (!decided.get()) {
			replica().circuit().undecided();
		}
	}

}
