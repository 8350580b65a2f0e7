package dev.corral.llamacpp;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.corral.inference.GenerationEvent;
import dev.corral.inference.GenerationEvent.TokenDelta;
import reactor.core.publisher.FluxSink;
import reactor.core.scheduler.Scheduler;

/**
 * The bridge from the engine thread to a subscriber: the only one there is. The engine thread leaves events here and goes on;
 * a worker of the given scheduler hands them over as the subscriber asks for them. While the subscriber is behind, deltas
 * merge, so what waits here is bounded by the length of the reply.
 *
 * <p>{@link #accept} is called by one thread at a time. The terminal event completes the stream.
 */
final class GenerationStream implements Consumer<GenerationEvent> {

	private static final Logger log = LoggerFactory.getLogger(GenerationStream.class);

	private final FluxSink<GenerationEvent> sink;

	private final Scheduler.Worker worker;

	/** Guards {@link #pending} and {@link #draining}. */
	private final Object lock = new Object();

	private final Deque<GenerationEvent> pending = new ArrayDeque<>();

	private boolean draining;

	/**
	 * @param sink a subscriber's; must not buffer on its own
	 * @param scheduler whose worker runs the subscriber's code
	 */
	GenerationStream(FluxSink<GenerationEvent> sink, Scheduler scheduler) {
		this.sink = sink;
		this.worker = scheduler.createWorker();
		sink.onRequest(count -> drainSoon());
		sink.onDispose(worker);
	}

	@Override
	public void accept(GenerationEvent event) {
		synchronized (lock) {
			if (event instanceof TokenDelta next && pending.peekLast() instanceof TokenDelta last) {
				pending.removeLast();
				pending.add(last.plus(next));
			} else {
				pending.add(event);
			}
		}
		drainSoon();
	}

	private void drainSoon() {
		synchronized (lock) {
			if (draining || pending.isEmpty() || sink.isCancelled()) {
				return;
			}
			draining = true;
		}
		try {
			worker.schedule(this::drain);
		} catch (RejectedExecutionException disposed) {
			// The subscriber left in this very moment; its cancellation is on its way to the engine.
			log.trace("an event has no subscriber any more", disposed);
		}
	}

	private void drain() {
		while (sink.requestedFromDownstream() > 0) {
			GenerationEvent event;
			synchronized (lock) {
				event = pending.poll();
			}
			if (event == null) {
				break;
			}
			sink.next(event);
			if (event instanceof GenerationEvent.Finished || event instanceof GenerationEvent.Failed) {
				sink.complete();
			}
		}
		synchronized (lock) {
			draining = false;
		}
		if (sink.requestedFromDownstream() > 0) {
			drainSoon();
		}
	}

}
