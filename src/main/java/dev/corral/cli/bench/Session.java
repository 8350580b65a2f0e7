package dev.corral.cli.bench;

/** What a workload works with: whom it asks, what it says, where it is counted. */
record Session(Target target, Statistics statistics, Prompts prompts, Load load) {

	/** Sends a request that counts, and blocks until its reply has ended. */
	Sample ask(Call call) {
		return ask(call, () -> {
		});
	}

	/** @param onDelta called when a delta arrives, by a thread that must not be held up */
	Sample ask(Call call, Runnable onDelta) {
		var sample = target.send(call, () -> {
			statistics.delta();
			onDelta.run();
		});
		statistics.add(sample);
		return sample;
	}

	/** Requests that do not count, so that neither side is cold. */
	void warmUp() {
		for (int i = 0; i < load.warmup(); i++) {
			var sample = target.send(Call.of("warm-up", prompts.text(20, Prompts.WARM_UP, i), 16, i), () -> {
			});
			var failure = sample.failure();
			if (failure != null) {
				throw new BenchFailed(
						"A request to warm up failed, %s: %s".formatted(failure.kind(), failure.detail()));
			}
		}
	}

}
