package dev.corral.routing;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

import org.springframework.stereotype.Component;

/** What the pools of this server have done since it was started. Safe for any thread. */
@Component
class RoutingCounters {

	private final Map<Pick.Reason, LongAdder> picks = new ConcurrentHashMap<>();

	private final Map<Move, LongAdder> moves = new ConcurrentHashMap<>();

	private final Map<Wait, LongAdder> waits = new ConcurrentHashMap<>();

	private final AtomicLong waiting = new AtomicLong();

	private final LongAdder promptTokens = new LongAdder();

	private final LongAdder predictedTokens = new LongAdder();

	private final LongAdder cachedTokens = new LongAdder();

	void picked(Pick.Reason reason) {
		picks.computeIfAbsent(reason, _ -> new LongAdder()).increment();
	}

	void moved(Move move) {
		moves.computeIfAbsent(move, _ -> new LongAdder()).increment();
	}

	/** A request waits for a replica, until {@link #waited}. */
	void waitBegun() {
		waiting.incrementAndGet();
	}

	void waited(Wait end) {
		waiting.decrementAndGet();
		waits.computeIfAbsent(end, _ -> new LongAdder()).increment();
	}

	/** A prompt is computed. */
	void prompt(int tokens, int predicted, int cached) {
		promptTokens.add(tokens);
		predictedTokens.add(predicted);
		cachedTokens.add(cached);
	}

	long picks(Pick.Reason reason) {
		return picks.computeIfAbsent(reason, _ -> new LongAdder()).sum();
	}

	long moves(Move move) {
		return moves.computeIfAbsent(move, _ -> new LongAdder()).sum();
	}

	long waits(Wait end) {
		return waits.computeIfAbsent(end, _ -> new LongAdder()).sum();
	}

	/** How many requests wait for a replica now. */
	long waiting() {
		return waiting.get();
	}

	long promptTokens() {
		return promptTokens.sum();
	}

	/** How many of them were thought to be cached. */
	long predictedTokens() {
		return predictedTokens.sum();
	}

	/** How many of them were. */
	long cachedTokens() {
		return cachedTokens.sum();
	}

	/** How a wait for a replica ended. */
	enum Wait {

		/** One takes requests. */
		RECOVERED,

		/** None came in time, or none is expected any more. */
		FAILED,

		/** The request was cancelled. */
		CANCELLED

	}

	/** Why a reply went on elsewhere. */
	enum Move {

		/** The connection to its worker broke, or the worker's engine ended. */
		LOST,

		/** The worker ends what it can, and takes nothing more. */
		CLOSED,

		/** It told nothing for too long. */
		STALLED,

		/** The worker has not loaded the model, or could not. */
		UNAVAILABLE

	}

}
