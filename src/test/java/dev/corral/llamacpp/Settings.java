package dev.corral.llamacpp;

import java.time.Duration;

import dev.corral.llamacpp.EngineSettings.PrefixSharing;
import dev.corral.llamacpp.EngineSettings.Speculating;

/** Settings of engines in tests. */
final class Settings {

	/**
	 * One compute thread, since some test machines have no more to spare; no drafts, since whether they pay depends on how fast the
	 * machine is at that moment, and b4916 rounds larger batches differently.
	 */
	static final EngineSettings DEFAULT = new EngineSettings(1, 512, Duration.ofMillis(100), 256, Duration.ZERO,
			PrefixSharing.ALL, Speculating.OFF);

	private Settings() {
	}

	static EngineSettings withThreads(int threads) {
		return new EngineSettings(threads, 512, Duration.ofMillis(100), 256, Duration.ZERO, PrefixSharing.ALL,
				Speculating.OFF);
	}

	static EngineSettings withLatencyTarget(Duration target) {
		return new EngineSettings(0, 512, target, 16, Duration.ZERO, PrefixSharing.ALL, Speculating.OFF);
	}

	static EngineSettings withQueueLimit(int queueLimit) {
		return new EngineSettings(1, 64, Duration.ofMillis(100), queueLimit, Duration.ZERO, PrefixSharing.ALL,
				Speculating.OFF);
	}

	static EngineSettings withPrefixSharing(PrefixSharing sharing) {
		return new EngineSettings(1, 512, Duration.ofMillis(100), 256, Duration.ZERO, sharing, Speculating.OFF);
	}

	static EngineSettings withSpeculation(int threads, Speculating speculation) {
		return new EngineSettings(threads, 512, Duration.ofMillis(100), 256, Duration.ZERO, PrefixSharing.ALL,
				speculation);
	}

}
