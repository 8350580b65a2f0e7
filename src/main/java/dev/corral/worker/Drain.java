package dev.corral.worker;

import java.util.concurrent.atomic.AtomicInteger;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

import dev.corral.inference.InferenceFailure;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Lets a worker end what it has begun while it takes nothing more: because somebody asked for it, or at shutdown, then for as long as
 * {@code corral.workers.drain-timeout}. Safe for any thread.
 */
@Component
@ConditionalOnProperty(name = "corral.role", havingValue = "worker")
class Drain implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(Drain.class);

	private final WorkersSettings settings;

	private final AtomicInteger running = new AtomicInteger();

	/** Completes at shutdown when nothing runs any more. */
	private final Sinks.Empty<Void> idle = Sinks.empty();

	/** Fails what runs too long at shutdown. */
	private final Sinks.Empty<Void> over = Sinks.empty();

	private volatile boolean draining;

	private volatile boolean stopping;

	private volatile boolean started;

	Drain(WorkersSettings settings) {
		this.settings = settings;
	}

	boolean draining() {
		return draining || stopping;
	}

	/** Whether to refuse new requests; what is set to true by a shutdown stays so. */
	void draining(boolean draining) {
		this.draining = draining;
	}

	/** How many requests run. */
	int running() {
		return running.get();
	}

	/** Runs a request that was let in; it fails with {@link InferenceFailure.EngineClosed} when time is up. */
	Mono<Void> run(Mono<Void> request) {
		return Mono.defer(() -> {
			running.incrementAndGet();
			return Mono.firstWithSignal(request, over.asMono());
		}).doFinally(_ -> {
			if (running.decrementAndGet() == 0 && stopping) {
				idle.tryEmitEmpty();
			}
		});
	}

	@Override
	public void start() {
		started = true;
	}

	@Override
	public boolean isRunning() {
		return started;
	}

	@Override
	public void stop() {
		stop(() -> {
		});
	}

	@Override
	public void stop(Runnable callback) {
		started = false;
		stopping = true;
		if (running.get() == 0) {
			callback.run();
			return;
		}
		log.info("{} requests run and have {} to end; no other is taken", running, settings.drainTimeout());
		idle.asMono().timeout(settings.drainTimeout(), Mono.fromRunnable(() -> {
			log.warn("{} requests did not end in time", running);
			over.tryEmitError(new InferenceFailure.EngineClosed());
		})).doFinally(_ -> callback.run()).subscribe();
	}

	/** While connections are still accepted, so that gateways are told why they are refused. */
	@Override
	public int getPhase() {
		return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE + 1;
	}

}
