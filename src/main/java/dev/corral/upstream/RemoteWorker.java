package dev.corral.upstream;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.corral.inference.Worker;
import dev.corral.worker.WorkerReport;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A worker that is looked at again and again, one look at a time. It is lost when nobody listens at its address, or after
 * {@value #MOST_MISSED} looks without an answer; then all that runs there fails at once, so that a process that has been stopped holds no
 * reply. With the next answer it is back. Read by any thread.
 */
final class RemoteWorker implements Worker {

	private static final Logger log = LoggerFactory.getLogger(RemoteWorker.class);

	private static final int MOST_MISSED = 2;

	private final String name;

	private final Kind kind;

	private final Wire wire;

	private final List<RemoteModel> models;

	private final Duration interval;

	private final Duration timeout;

	private volatile @Nullable Disposable looking;

	private volatile Instant startedAt = Instant.now();

	private volatile @Nullable Instant life;

	private volatile boolean draining;

	private volatile boolean leaving;

	private volatile boolean reachable;

	private int missed;

	private boolean answered;

	private boolean closed;

	/**
	 * @param interval from an answer to the next look
	 * @param timeout for an answer
	 */
	RemoteWorker(String name, Kind kind, Wire wire, List<RemoteModel> models, Duration interval, Duration timeout) {
		this.name = name;
		this.kind = kind;
		this.wire = wire;
		this.models = List.copyOf(models);
		this.interval = interval;
		this.timeout = timeout;
	}

	/** Begins to look at it. Called once. */
	void start() {
		looking = look().then(Mono.defer(() -> Mono.delay(interval))).repeat().subscribe();
	}

	/** Vocabularies are opened with the first answers, which blocks; so nothing here runs on an event loop. */
	private Mono<Void> look() {
		return wire.probe().timeout(timeout).publishOn(Schedulers.boundedElastic()).doOnNext(this::saw)
				.onErrorResume(failure -> Mono.fromRunnable(() -> missed(Faults.of(failure)))).then();
	}

	private synchronized void saw(WorkerReport report) {
		if (closed) {
			// The answer was on its way when the worker ended.
			return;
		}
		missed = 0;
		answered = true;
		if (!report.startedAt().equals(life)) {
			// Another process, though nobody has seen the last one end.
			models.forEach(model -> model.lost("it was started anew"));
			life = report.startedAt();
			startedAt = report.startedAt();
		}
		draining = report.draining();
		for (var model : models) {
			model.saw(report.models().stream().filter(each -> each.name().equals(model.upstreamName())).findFirst()
					.orElse(null));
		}
		if (!reachable) {
			reachable = true;
			log.info("Worker {} answers", name);
		}
	}

	private synchronized void missed(Throwable failure) {
		if (kind == Kind.PROCESS && !answered) {
			// It has just been started; whether it lives, others see.
			return;
		}
		missed++;
		if (Faults.refused(failure) || missed >= MOST_MISSED) {
			lost(Objects.requireNonNullElse(failure.getMessage(), failure.toString()));
		}
	}

	/** It is gone, whoever has noticed it. */
	synchronized void lost(String why) {
		if (reachable || missed == 1) {
			log.warn("Worker {} is lost: {}", name, why);
		}
		reachable = false;
		life = null;
		models.forEach(model -> model.lost("it does not answer"));
	}

	/** Whether it is to get no more requests, because it goes. */
	void leaving(boolean leaving) {
		this.leaving = leaving;
	}

	boolean reachable() {
		return reachable;
	}

	/** Looks no more, and fails what still runs. */
	synchronized void close() {
		closed = true;
		var current = looking;
		if (current != null) {
			current.dispose();
		}
		models.forEach(model -> model.lost("this server ends"));
		wire.close();
	}

	@Override
	public String name() {
		return name;
	}

	@Override
	public Kind kind() {
		return kind;
	}

	@Override
	public List<RemoteModel> models() {
		return models;
	}

	@Override
	public Instant startedAt() {
		return startedAt;
	}

	@Override
	public boolean draining() {
		return draining || leaving;
	}

	/** Tells the worker itself, and so all that send it requests. */
	@Override
	public Mono<Void> drain(boolean draining) {
		return wire.drain(draining).timeout(timeout).onErrorMap(Faults::of)
				.then(Mono.fromRunnable(() -> this.draining = draining));
	}

}
