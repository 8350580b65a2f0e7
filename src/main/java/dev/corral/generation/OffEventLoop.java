package dev.corral.generation;

import java.util.concurrent.Callable;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Runs what takes longer than an event loop has, on a thread that may. */
final class OffEventLoop {

	private OffEventLoop() {
	}

	/**
	 * The result of some work, done when subscribed to; an error signal is what it throws. What is thrown after the subscriber has gone
	 * is nobody's: as the error of a callable, Reactor would log it as one that was dropped.
	 */
	static <T> Mono<T> call(Callable<T> work) {
		return Mono.fromCallable(() -> outcome(work)).subscribeOn(Schedulers.boundedElastic())
				.flatMap(outcome -> outcome);
	}

	private static <T> Mono<T> outcome(Callable<T> work) {
		try {
			return Mono.just(work.call());
		} catch (Exception failure) {
			return Mono.error(failure);
		}
	}

}
