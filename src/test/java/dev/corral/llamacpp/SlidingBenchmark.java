package dev.corral.llamacpp;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.corral.inference.GenerationEvent;
import dev.corral.inference.GenerationRequest;
import dev.corral.inference.ModelSource;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * How long a conversation whose oldest turns have gone waits for its first token, with the newest turns slid up and with them computed anew,
 * in turn on the same engine. Run with {@code mvn -Pbenchmark test -Dtest=SlidingBenchmark}; on another model with
 * {@code -Dcorral.benchmark.model=FILE}, which must have 2048 tokens of vocabulary and window at least.
 */
@Tag("benchmark")
class SlidingBenchmark {

	private static final int ROUNDS = 5;

	private static final int SEQUENCES = 4;

	private static final int HEAD = 128;

	private static final int DROPPED = 256;

	private static final int NEW = 64;

	private static final List<Integer> KEPT = List.of(256, 1024);

	@ParameterizedTest
	@EnumSource(NativeRuntime.class)
	void measuresTheTimeToTheFirstToken(NativeRuntime runtime) {
		var file = Path.of(System.getProperty("corral.benchmark.model", NativeRuntime.CRIA.toString()));
		try (var engine = new LlamaCppEngine(new ModelSource("benchmark", file, 2048, SEQUENCES),
				runtime.runtime().open(file), null, Settings.withThreads(1), StateStore.NONE)) {
			for (int kept : KEPT) {
				var slid = new double[ROUNDS];
				var computed = new double[ROUNDS];
				for (int round = -1; round < ROUNDS; round++) {
					double withSliding = measure(engine, kept, round, true);
					double without = measure(engine, kept, round, false);
					if (round >= 0) {
						slid[round] = withSliding;
						computed[round] = without;
					}
				}
				System.out.printf("| %s | %d | %.0f | %.0f | %.1f |%n", runtime, kept, median(slid), median(computed),
						median(computed) / median(slid));
			}
		}
	}

	private static double measure(LlamaCppEngine engine, int kept, int round, boolean slides) {
		var random = new SplittableRandom(2L * round + (slides ? 1 : 0));
		var conversation = random.ints(HEAD + DROPPED + kept, 300, 2000).boxed().toList();
		engine.generate(Cria.greedy(conversation, 0)).blockLast(Duration.ofMinutes(2));
		var window = new ArrayList<>(conversation);
		window.subList(HEAD, HEAD + DROPPED).clear();
		random.ints(NEW, 300, 2000).forEach(window::add);

		long start = System.nanoTime();
		var processed = requireNonNull(engine.generate(request(window, slides))
				.ofType(GenerationEvent.PromptProcessed.class)
				.blockFirst(Duration.ofMinutes(2)));
		double millis = (System.nanoTime() - start) / 1e6;

		assertThat(processed.cachedTokens()).isEqualTo(slides ? HEAD + kept : HEAD);
		Idle.await(engine);
		return millis;
	}

	private static GenerationRequest request(List<Integer> prompt, boolean slides) {
		return Cria.greedy(prompt, 1).withSlidesCache(slides);
	}

	private static double median(double[] values) {
		return Arrays.stream(values).sorted().toArray()[values.length / 2];
	}

}
