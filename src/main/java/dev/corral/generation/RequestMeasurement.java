package dev.corral.generation;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.corral.inference.FinishReason;
import dev.corral.inference.GenerationEvent;
import dev.corral.inference.GenerationEvent.Admitted;
import dev.corral.inference.GenerationEvent.Failed;
import dev.corral.inference.GenerationEvent.Finished;
import dev.corral.inference.GenerationEvent.PromptProcessed;
import dev.corral.inference.GenerationEvent.TokenDelta;
import dev.corral.inference.InferenceFailure;
import io.micrometer.core.instrument.Clock;

/** Measures one request by its events, which come one after the other; it may be cancelled from any thread. It is counted once. */
final class RequestMeasurement {

	private final RequestMeters.OfModel meters;

	private final Clock clock;

	private final long begunNanos;

	private final AtomicBoolean ended = new AtomicBoolean();

	private volatile boolean admitted;

	private boolean hasText;

	/** When the last token came. */
	private long tokenNanos;

	RequestMeasurement(RequestMeters.OfModel meters, Clock clock) {
		this.meters = meters;
		this.clock = clock;
		this.begunNanos = clock.monotonicTime();
	}

	void accept(GenerationEvent event) {
		switch (event) {
			case Admitted _ -> admitted = true;
			case PromptProcessed _ -> {
				// Its time is in the timings at the end.
			}
			case TokenDelta delta -> delta(delta);
			case Finished finished -> {
				if (end(finished.reason())) {
					meters.spent(finished.timings(), finished.usage());
				}
			}
			case Failed _ -> end(FinishReason.ERROR);
		}
	}

	private void delta(TokenDelta delta) {
		long now = clock.monotonicTime();
		int tokens = delta.tokenIds().size();
		if (!hasText) {
			hasText = true;
			tokenNanos = now;
			meters.firstToken(Duration.ofNanos(now - begunNanos));
		} else if (tokens > 0) {
			meters.tokens(Duration.ofNanos(now - tokenNanos), tokens);
			tokenNanos = now;
		}
	}

	/** The engine did not take the request. */
	void failed(Throwable cause) {
		if (cause instanceof InferenceFailure failure && ended.compareAndSet(false, true)) {
			meters.rejected(failure.kind());
		}
	}

	/** Of a request that has ended nobody reads on, which is no cancelling. */
	void cancelled() {
		if (admitted) {
			end(FinishReason.CANCELLED);
		}
	}

	private boolean end(FinishReason reason) {
		if (!ended.compareAndSet(false, true)) {
			return false;
		}
		meters.ended(reason, Duration.ofNanos(clock.monotonicTime() - begunNanos));
		return true;
	}

}
