package dev.corral.routing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import dev.corral.inference.FakeEngine;
import dev.corral.inference.FakeServedModel;
import dev.corral.inference.FakeWorker;
import dev.corral.inference.GenerationEvent;
import dev.corral.inference.GenerationRequest;
import dev.corral.inference.SamplingParameters;
import dev.corral.inference.ServedModel;
import dev.corral.inference.Worker;
import reactor.core.Disposable;
import reactor.test.scheduler.VirtualTimeScheduler;

/** A pool of engines that answer as the test tells them to, in virtual time. */
final class FakePool {

	static final Duration STALL = Duration.ofSeconds(10);

	final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	final RoutingCounters counters = new RoutingCounters();

	final List<FakeEngine> engines = new ArrayList<>();

	final List<Copy> copies = new CopyOnWriteArrayList<>();

	final Replicas replicas = new Replicas(() -> copies, () -> time.now(TimeUnit.NANOSECONDS));

	final PooledEngine engine;

	/** @param count of replicas, named a, b, c and so on; nobody waits for them to come back */
	FakePool(Picker picker, int count) {
		this(picker, count, Duration.ZERO);
	}

	/** @param recovery how long requests wait for a replica */
	FakePool(Picker picker, int count, Duration recovery) {
		for (int i = 0; i < count; i++) {
			engines.add(new FakeEngine("llama", 4096));
			copies.add(copy(i, false));
		}
		engine = new PooledEngine(replicas,
				new Pooling(picker, new RoutingSettings(STALL, 3, Duration.ofMinutes(10), recovery), counters, time,
						() -> time.now(TimeUnit.NANOSECONDS)));
	}

	/** Of replicas that are tried in their order. */
	static FakePool inOrder(int count) {
		return inOrder(count, Duration.ZERO);
	}

	/** Of replicas that are tried in their order, and may come back in this time. */
	static FakePool inOrder(int count, Duration recovery) {
		return new FakePool((_, replicas) -> new Pick(replicas.getFirst(), Pick.Reason.HASH, 0), count, recovery);
	}

	void drain(int replica) {
		copies.set(replica, copy(replica, true));
	}

	/** The worker of a replica does not answer, starts, or could not load the model. */
	void gone(int replica, ServedModel model) {
		copies.set(replica, new Copy(worker(replica, Instant.EPOCH, false, model), model));
	}

	/** The worker of a replica was started anew, with another engine. */
	FakeEngine restart(int replica) {
		var engine = new FakeEngine("llama", 4096);
		engines.set(replica, engine);
		var model = FakeServedModel.ready(engine);
		copies.set(replica, new Copy(worker(replica, Instant.EPOCH.plusSeconds(1), false, model), model));
		return engine;
	}

	private Copy copy(int replica, boolean draining) {
		var model = FakeServedModel.ready(engines.get(replica));
		return new Copy(worker(replica, Instant.EPOCH, draining, model), model);
	}

	private static FakeWorker worker(int replica, Instant startedAt, boolean draining, ServedModel model) {
		return new FakeWorker(Character.toString('a' + replica), Worker.Kind.REMOTE, startedAt, draining,
				List.of(model));
	}

	static GenerationRequest request() {
		return new GenerationRequest(List.of(1, 2, 3), 100, SamplingParameters.DEFAULTS, List.of());
	}

	/** Someone who reads a reply and takes all that comes. */
	static final class Reader {

		final List<GenerationEvent> events = new ArrayList<>();

		final List<Throwable> errors = new ArrayList<>();

		final Disposable subscription;

		int ends;

		Reader(PooledEngine engine, GenerationRequest request) {
			this.subscription = engine.generate(request).subscribe(events::add, error -> {
				errors.add(error);
				ends++;
			}, () -> ends++);
		}

		String text() {
			return events.stream()
					.map(event -> event instanceof GenerationEvent.TokenDelta delta ? delta.text() : "")
					.reduce("", String::concat);
		}

		long count(Class<? extends GenerationEvent> type) {
			return events.stream().filter(type::isInstance).count();
		}

	}

}
