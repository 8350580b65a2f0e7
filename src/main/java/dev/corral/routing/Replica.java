package dev.corral.routing;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

import dev.corral.inference.InferenceEngine;
import dev.corral.inference.ModelInfo;
import dev.corral.inference.Worker;

/**
 * One loaded copy of a model, and what this server has learned of it. A worker that was started anew has new replicas. Safe for any
 * thread.
 */
final class Replica {

	/** Two million tokens: about what a worker keeps in its tiers, in 2 MB here. */
	private static final int REMEMBERED_BLOCKS = 32768;

	private final String worker;

	private final Instant startedAt;

	private final InferenceEngine engine;

	private final CircuitBreaker circuit;

	private final PrefixMemory prefixes = new PrefixMemory(REMEMBERED_BLOCKS);

	/** Requests of this server that are under way. */
	private final AtomicInteger own = new AtomicInteger();

	private volatile boolean draining;

	/** @param nanos a monotonic clock */
	Replica(Worker worker, InferenceEngine engine, LongSupplier nanos) {
		this.worker = worker.name();
		this.startedAt = worker.startedAt();
		this.draining = worker.draining();
		this.engine = engine;
		this.circuit = new CircuitBreaker(nanos);
	}

	/** Of its worker. */
	String name() {
		return worker;
	}

	InferenceEngine engine() {
		return engine;
	}

	CircuitBreaker circuit() {
		return circuit;
	}

	PrefixMemory prefixes() {
		return prefixes;
	}

	boolean isOf(Worker worker) {
		return this.worker.equals(worker.name()) && startedAt.equals(worker.startedAt());
	}

	/** Takes over what may change while a worker runs. */
	void update(Worker worker) {
		draining = worker.draining();
	}

	/** Whether one vocabulary and one window serve both. */
	boolean isOfKind(ModelInfo model) {
		var mine = engine.model();
		return mine.vocabularyTokens() == model.vocabularyTokens() && mine.contextTokens() == model.contextTokens();
	}

	/** Whether a request may be sent to it now. */
	boolean takesRequests() {
		return stays() && circuit.allows();
	}

	/** Whether it takes requests, or may again although it has failed some. */
	boolean stays() {
		return !draining && engine.serving();
	}

	/** Requests it runs or lets wait. What a worker elsewhere tells is a moment old and may lack the latest of this server. */
	int busy() {
		var load = engine.load();
		return Math.max(load.running() + load.waiting(), own.get());
	}

	/** @return whether the request may go there; {@link #leave} must follow if so */
	boolean enter() {
		boolean entered = circuit.enter();
		if (entered) {
			own.incrementAndGet();
		}
		return entered;
	}

	void leave() {
		own.decrementAndGet();
	}

}
