package dev.corral.llamacpp;

import java.time.Duration;

import dev.corral.inference.InferenceEngine;
import reactor.core.publisher.Flux;

/** Waits until an engine has nothing left to do; fails if that takes too long. */
final class Idle {

	private Idle() {
	}

	static void await(InferenceEngine engine) {
		Flux.interval(Duration.ofMillis(2))
				.onBackpressureDrop()
				.filter(tick -> engine.load().running() == 0 && engine.load().waiting() == 0)
				.blockFirst(Duration.ofSeconds(10));
	}

}
