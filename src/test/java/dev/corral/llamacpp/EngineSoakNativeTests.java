package dev.corral.llamacpp;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.convert.DurationStyle;

import dev.corral.inference.ModelSource;
import dev.corral.llamacpp.EngineSettings.PrefixSharing;
import dev.corral.llamacpp.SoakWitness.Outcome;
import dev.corral.llamacpp.internal.ProcessMemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * The engine under random load of every kind keeps its promises and its size. {@code corral.soak.duration} is for all cases together: a
 * few seconds with the other tests, half an hour and more in the profile {@code soak}. {@code corral.soak.seed} chooses the load; what
 * meets what in a step depends on the machine too.
 */
@Tag("native")
@Tag("soak")
class EngineSoakNativeTests {

	private static final Duration DURATION = DurationStyle
			.detectAndParse(System.getProperty("corral.soak.duration", "4s"));

	private static final long SEED = Long.getLong("corral.soak.seed", 20261123);

	private static final int CASES = 6;

	private static final Duration LONGEST_ROUND = Duration.ofSeconds(15);

	private static final int SEQUENCES = 8;

	private static final int QUEUE_LIMIT = 16;

	private static final long MEBIBYTE = 1 << 20;

	/** A tier that was not full when the load had warmed up may fill, and the JVM's compilers come and go by some megabytes. */
	private static final long ALLOCATED_TOLERANCE = 32 * MEBIBYTE;

	/** The same, and in the first seconds of a process its code and its classes besides. */
	private static final long RESIDENT_TOLERANCE = 96 * MEBIBYTE;

	/** Token masks of constraints that the warm-up did not meet, and classes that it did not load. */
	private static final long HEAP_TOLERANCE = 24 * MEBIBYTE;

	@EnabledOnOs(OS.LINUX)
	@ParameterizedTest
	@CsvSource({"BUNDLED, ROOMY", "BUNDLED, OVERCOMMITTED", "BUNDLED, TIERED", "PACK, ROOMY", "PACK, OVERCOMMITTED",
			"PACK, TIERED"})
	void keepsItsPromisesAndItsSizeUnderAnyLoad(NativeRuntime runtime, Context context, @TempDir Path folder) {
		var time = DURATION.dividedBy(CASES);
		// An engine that hangs cannot be closed either.
		assertTimeoutPreemptively(time.multipliedBy(2).plusMinutes(5), () -> soak(runtime, context, folder, time));
	}

	private static void soak(NativeRuntime runtime, Context context, Path folder, Duration time) throws Throwable {
		var round = time.dividedBy(2).compareTo(LONGEST_ROUND) < 0 ? time.dividedBy(2) : LONGEST_ROUND;
		long rounds = time.dividedBy(round);
		var settings = new EngineSettings(1, 128, Duration.ofMillis(100), QUEUE_LIMIT, Duration.ZERO,
				PrefixSharing.TENANT,
				EngineSettings.Speculating.AUTO);
		try (var tiers = context == Context.TIERED ? new Tiers(folder, 8 * MEBIBYTE, 16 * MEBIBYTE) : null;
				var engine = tiers == null
						? runtime.cria(context.source(), settings, StateStore.NONE)
						: tiers.engine(runtime, context.source(), settings)) {
			var load = new SoakLoad(engine, SEED);
			long warmUp = Math.max(1, rounds / 4);
			for (long i = 0; i < warmUp; i++) {
				load(engine, load, round);
			}
			var before = ProcessMemory.settled();

			for (long i = warmUp; i < rounds; i++) {
				load(engine, load, round);
			}

			var after = ProcessMemory.settled();
			print(runtime, context, engine, load, round.multipliedBy(rounds), before, after);
			assertThat(after.allocated() - before.allocated()).isLessThan(ALLOCATED_TOLERANCE);
			assertThat(after.resident() - before.resident()).isLessThan(RESIDENT_TOLERANCE);
			assertThat(after.heap() - before.heap()).isLessThan(HEAP_TOLERANCE);
		}
	}

	/** Load for some time, after which nothing is left of it and the control questions are answered as ever. */
	private static void load(LlamaCppEngine engine, SoakLoad load, Duration time) {
		load.run(time);

		// Commands are taken in turn, so that the last cancellations have been when this is answered.
		assertThat(load.askControls(1)).as("seed %d", SEED).isEqualTo(load.answers(1));
		Idle.await(engine);
		assertThat(load.ended()).as("seed %d", SEED).isEqualTo(load.started());
		// Not one more would be let in.
		int atOnce = SEQUENCES + QUEUE_LIMIT;
		assertThat(load.askControls(atOnce)).as("seed %d", SEED).isEqualTo(load.answers(atOnce));
		Idle.await(engine);
		assertThat(engine.serving()).isTrue();
	}

	private static void print(NativeRuntime runtime, Context context, LlamaCppEngine engine, SoakLoad load,
			Duration time, ProcessMemory before, ProcessMemory after) {
		var used = engine.cache().context();
		System.out.printf(Locale.ROOT,
				"| %s, %s | %d s | %d | %d | %d | %d | %d | %d | %d | %d | %.0f %% | %d | %s | %s | %s | %s |%n",
				runtime, context, time.toSeconds(), load.started(), load.count(Outcome.STOP),
				load.count(Outcome.LENGTH), load.count(Outcome.CANCELLED), load.count(Outcome.QUEUE_FULL),
				load.count(Outcome.REFUSED), load.count(Outcome.DEAD_END),
				load.tokens() * 1000 / Math.max(1, time.toMillis()),
				100.0 * used.cachedTokens() / Math.max(1, used.promptTokens()), used.swappedOut(),
				change(before.resident(), after.resident()), change(before.data(), after.data()),
				change(before.allocated(), after.allocated()), change(before.heap(), after.heap()));
	}

	private static String change(long before, long after) {
		return String.format(Locale.ROOT, "%.1f to %.1f", (double) before / MEBIBYTE, (double) after / MEBIBYTE);
	}

	/** How much the sequences have, to run in and besides. */
	enum Context {

		/** Room for every sequence at its longest. */
		ROOMY,

		/** Room for a bit more than two of eight at their longest. */
		OVERCOMMITTED,

		/** Room for all, and little room in memory and on disk for those that have ended. */
		TIERED;

		private ModelSource source() {
			return new ModelSource("cria", NativeRuntime.CRIA, 512, SEQUENCES,
					this == OVERCOMMITTED ? 1200 : 512 * SEQUENCES);
		}

	}

}
