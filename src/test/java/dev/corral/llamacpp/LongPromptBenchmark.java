package dev.corral.llamacpp;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.corral.inference.GenerationEvent.TokenDelta;
import dev.corral.inference.GenerationRequest;
import dev.corral.inference.ModelSource;
import dev.corral.inference.SamplingParameters;
import dev.corral.inference.TokenRules;
import reactor.core.Disposable;

/**
 * Four replies stream while a long prompt arrives: how long the streams stand still, and how long the prompt waits for its first
 * token, for several latency targets in turn. Run with {@code mvn -Pbenchmark test -Dtest=LongPromptBenchmark}; on another model with
 * {@code -Dcorral.benchmark.model=FILE}, which must have 2048 tokens of vocabulary and window at least.
 */
@Tag("benchmark")
class LongPromptBenchmark {

	private static final int ROUNDS = 5;

	private static final int PROMPT_TOKENS = 1900;

	private static final List<Duration> TARGETS = List.of(Duration.ofHours(1), Duration.ofMillis(100),
			Duration.ofMillis(50), Duration.ofMillis(20));

	@ParameterizedTest
	@EnumSource(NativeRuntime.class)
	void measuresTheStallOfRunningStreams(NativeRuntime runtime) {
		var file = Path.of(System.getProperty("corral.benchmark.model", NativeRuntime.CRIA.toString()));
		var stalls = new double[TARGETS.size()][ROUNDS];
		var firstTokens = new double[TARGETS.size()][ROUNDS];
		for (int round = 0; round < ROUNDS; round++) {
			for (int i = 0; i < TARGETS.size(); i++) {
				var settings = Settings.withLatencyTarget(TARGETS.get(i));
				try (var engine = new LlamaCppEngine(new ModelSource("benchmark", file, 2048, 8),
						runtime.runtime().open(file), null, settings, StateStore.NONE)) {
					measure(engine, i, round, stalls, firstTokens);
				}
			}
		}
		for (int i = 0; i < TARGETS.size(); i++) {
			System.out.printf("| %s | %s | %.0f | %.0f |%n", runtime, TARGETS.get(i), median(stalls[i]),
					median(firstTokens[i]));
		}
	}

	private static void measure(LlamaCppEngine engine, int target, int round, double[][] stalls,
			double[][] firstTokens) {
		var random = new SplittableRandom(round);
		var gaps = new ArrayList<AtomicLong>();
		var streams = new ArrayList<Disposable>();
		for (int i = 0; i < 4; i++) {
			var longest = new AtomicLong();
			var last = new AtomicLong();
			gaps.add(longest);
			streams.add(engine.generate(request(random, 20, 2000)).ofType(TokenDelta.class).subscribe(delta -> {
				long now = System.nanoTime();
				long before = last.getAndSet(now);
				longest.accumulateAndGet(before == 0 ? 0 : now - before, Math::max);
			}));
		}
		// Once more of the same kind, so that the streams run and the engine knows its costs before anything is measured.
		engine.generate(request(random, 200, 20)).blockLast(Duration.ofMinutes(2));
		gaps.forEach(gap -> gap.set(0));

		long start = System.nanoTime();
		engine.generate(request(random, PROMPT_TOKENS, 2)).ofType(TokenDelta.class).blockFirst(Duration.ofMinutes(5));

		firstTokens[target][round] = (System.nanoTime() - start) / 1e6;
		stalls[target][round] = gaps.stream().mapToLong(AtomicLong::get).max().orElse(0) / 1e6;
		streams.forEach(Disposable::dispose);
	}

	/** A prompt of random tokens; its reply does not end by itself, and is made of whole characters so that every token shows. */
	private static GenerationRequest request(SplittableRandom random, int promptTokens, int maxTokens) {
		var prompt = random.ints(promptTokens, 300, 2000).boxed().toList();
		var sampling = SamplingParameters.GREEDY.withTokens(TokenRules.NONE.withLogitBias(Map.of(2, -100f)));
		return new GenerationRequest(prompt, maxTokens, sampling, List.of());
	}

	private static double median(double[] values) {
		return Arrays.stream(values).sorted().toArray()[values.length / 2];
	}

}
