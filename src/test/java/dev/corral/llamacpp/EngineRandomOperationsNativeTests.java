package dev.corral.llamacpp;

import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.convert.DurationStyle;

import dev.corral.inference.EngineLoad;
import dev.corral.inference.ModelSource;
import dev.corral.llamacpp.EngineSettings.PrefixSharing;
import dev.corral.llamacpp.EngineSettings.Speculating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * A reply is the same in any company: whatever is cached, copied, forked, swapped out and read back meanwhile. Random replies are asked
 * for one by one in an engine that remembers nothing of them, and then by many readers at once in an engine that is short of everything.
 * Greedy replies may part from what is known only where two tokens are closer than {@link #ROUNDING}; of sampled ones, whose draws fall
 * anywhere, a share may, which depends on who happens to run beside whom: the more where all have one cache. With a wrong seed or position
 * nearly all would.
 *
 * <p>
 * {@code corral.soak.duration} is for all cases together, and each does at least one round; {@code corral.soak.seed} chooses the
 * operations.
 */
@Tag("native")
@Tag("soak")
class EngineRandomOperationsNativeTests {

	private static final Duration DURATION = DurationStyle
			.detectAndParse(System.getProperty("corral.soak.duration", "4s"));

	private static final long SEED = Long.getLong("corral.soak.seed", 20261123);

	private static final int CASES = 4;

	private static final int SEQUENCES = 4;

	private static final int QUEUE_LIMIT = 64;

	private static final int PROMPTS = 40;

	private static final int READERS = 250;

	private static final int SLIDERS = 60;

	private static final long MEMORY_BYTES = 2 << 20;

	private static final long DISK_BYTES = 12 << 20;

	/**
	 * Twice as far as one logit moves by the way in which it and those before were computed: a token of a sequence alone or several at once,
	 * and in a unified cache beside how many others. See docs/benchmarks/batch-rounding.md.
	 */
	private static final double ROUNDING = 0.4;

	@ParameterizedTest
	@CsvSource({"BUNDLED, 2048, OFF, 0.5", "BUNDLED, 768, AUTO, 0.5", "PACK, 2048, OFF, 0.1", "PACK, 768, AUTO, 0.5"})
	void repliesInAnyCompanyAsAlone(NativeRuntime runtime, int cacheTokens, Speculating speculation,
			double sampledOtherwise, @TempDir Path folder) {
		var time = DURATION.dividedBy(CASES);
		// An engine that hangs cannot be closed either.
		assertTimeoutPreemptively(time.multipliedBy(2).plusMinutes(5),
				() -> assertThat(operate(runtime, cacheTokens, speculation, folder, time))
						.as("share of sampled replies that rounding changed").isLessThan(sampledOtherwise));
	}

	/** Returns the share of sampled replies that went another way than alone. */
	private static double operate(NativeRuntime runtime, int cacheTokens, Speculating speculation, Path folder,
			Duration time) {
		var random = new SplittableRandom(SEED);
		var source = new ModelSource("cria", NativeRuntime.CRIA, 512, SEQUENCES, cacheTokens);
		var settings = new EngineSettings(1, 96, Duration.ofMillis(100), QUEUE_LIMIT, Duration.ZERO,
				PrefixSharing.TENANT, speculation);
		try (var alone = runtime.cria(512, 1);
				var tiers = new Tiers(folder, MEMORY_BYTES, DISK_BYTES);
				var engine = tiers.engine(runtime, source, settings)) {
			var replies = new KnownReplies(alone, random);
			var operations = new RandomOperations(engine, ROUNDING, random);
			long end = System.nanoTime() + time.toNanos();
			do {
				var known = replies.ask(PROMPTS);
				operations.run(known, READERS);
				operations.slide(known, SLIDERS);
				operations.run(known, READERS / 4);
				// Commands are taken in turn, so that the last cancellations have been when this is answered.
				Reply.of(engine.generate(Cria.greedy(Cria.prompt(engine, "Hello"), 2)));
				Idle.await(engine);
			} while (System.nanoTime() < end);

			check(engine, operations);
			checkEveryPlaceIsFree(engine);
			return (double) operations.sampledOtherwise() / operations.sampled();
		}
	}

	private static void check(LlamaCppEngine engine, RandomOperations operations) {
		assertThat(operations.completed() + operations.withdrawn()).isEqualTo(operations.started());
		assertThat(operations.completed()).isGreaterThan(200);
		assertThat(operations.withdrawn()).isGreaterThan(30);
		assertThat(operations.tokens()).isGreaterThan(4000);
		assertThat(operations.same()).isGreaterThan(operations.tokens() * 4 / 5);
		assertThat(operations.sampled()).isGreaterThan(150);
		var cache = engine.cache();
		assertThat(cache.context().cachedTokens()).isGreaterThan(cache.context().promptTokens() / 3);
		assertThat(cache.context().resumed()).isGreaterThan(10);
		assertThat(cache.context().swappedOut()).isBetween(cache.context().resumed(),
				cache.context().resumed() + operations.withdrawn());
		assertThat(cache.context().slides()).isGreaterThan(5);
		assertThat(cache.memory().hits()).isGreaterThan(5);
		assertThat(cache.memory().bytes()).isLessThanOrEqualTo(MEMORY_BYTES);
		assertThat(cache.disk().hits()).isGreaterThan(5);
		assertThat(cache.disk().corrupt()).isZero();
	}

	/** A place that was not given back would be one too few. */
	private static void checkEveryPlaceIsFree(LlamaCppEngine engine) {
		assertThat(engine.load()).isEqualTo(new EngineLoad(0, 0, SEQUENCES));
		var request = Cria.greedy(Cria.prompt(engine, "Hello"), 2);

		var replies = Reply.ofAll(
				Stream.generate(() -> engine.generate(request)).limit(SEQUENCES + QUEUE_LIMIT).toList());

		assertThat(replies).extracting(Reply::text).containsOnly(replies.getFirst().text());
		Idle.await(engine);
	}

}
