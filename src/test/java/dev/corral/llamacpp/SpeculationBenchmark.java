package dev.corral.llamacpp;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.corral.cli.randommodel.ModelShape;
import dev.corral.cli.randommodel.RandomModel;
import dev.corral.cli.randommodel.WeightType;
import dev.corral.inference.GenerationRequest;
import dev.corral.inference.ModelSource;
import dev.corral.inference.SamplingParameters;
import dev.corral.inference.TokenRules;
import dev.corral.llamacpp.EngineSettings.Speculating;
import reactor.core.publisher.Flux;

/**
 * Tokens per second without and with drafts, in turn: of replies that repeat themselves, because they are allowed one token only, and of
 * replies that do not, drawn from all tokens of a model with random weights; and with a draft model that is too slow. Run with {@code mvn -Pbenchmark test}.
 */
@Tag("benchmark")
class SpeculationBenchmark {

	private static final int TOKENS = 128;

	private static final int ROUNDS = 5;

	@TempDir
	Path folder = Path.of("");

	@ParameterizedTest
	@CsvSource({"PACK, 1", "PACK, 4", "BUNDLED, 1", "BUNDLED, 4"})
	void comparesDraftsWithNone(NativeRuntime runtime, int sequences) throws IOException {
		var file = folder.resolve("random.gguf");
		RandomModel.write(file, new ModelShape(12, 768, 12, 12, 2048, 8000, 2048, WeightType.Q4_0), 1);
		for (boolean copies : List.of(true, false)) {
			var rates = new double[2][ROUNDS];
			var counters = "";
			try (var off = engine(runtime, file, sequences, Speculating.OFF);
					var auto = engine(runtime, file, sequences, Speculating.AUTO)) {
				for (int round = -2; round < ROUNDS; round++) {
					double offRate = measure(off, sequences, copies, round);
					double autoRate = measure(auto, sequences, copies, round);
					if (round >= 0) {
						rates[0][round] = offRate;
						rates[1][round] = autoRate;
					}
				}
				counters = "%d | %d".formatted(auto.drafts().promptLookup().drafted(),
						auto.drafts().promptLookup().accepted());
			}
			System.out.printf("| %s | %d | %s | %.0f | %.0f | %.2f | %s |%n", runtime, sequences,
					copies ? "copies" : "does not", median(rates[0]), median(rates[1]),
					median(rates[1]) / median(rates[0]), counters);
		}
	}

	/** Cria with itself as its draft: always right, and as slow as the model, so that it should be given up at little cost. */
	@ParameterizedTest
	@CsvSource({"PACK, 1", "PACK, 4", "BUNDLED, 1", "BUNDLED, 4"})
	void comparesADraftModelThatCannotPayWithNone(NativeRuntime runtime, int sequences) {
		var rates = new double[2][ROUNDS];
		try (var off = engine(runtime, NativeRuntime.CRIA, sequences, Speculating.OFF);
				var drafted = new LlamaCppEngine(source(NativeRuntime.CRIA, sequences),
						runtime.runtime().open(NativeRuntime.CRIA), runtime.runtime().open(NativeRuntime.CRIA),
						Settings.withSpeculation(0, Speculating.AUTO), StateStore.NONE)) {
			for (int round = -4; round < ROUNDS; round++) {
				double offRate = measure(off, sequences, false, round);
				double draftedRate = measure(drafted, sequences, false, round);
				if (round >= 0) {
					rates[0][round] = offRate;
					rates[1][round] = draftedRate;
				}
			}
			System.out.printf("| %s | %d | draft model | %.0f | %.0f | %.2f | %d | %d |%n", runtime, sequences,
					median(rates[0]), median(rates[1]), median(rates[1]) / median(rates[0]),
					drafted.drafts().draftModel().drafted(), drafted.drafts().draftModel().accepted());
		}
	}

	private static double measure(LlamaCppEngine engine, int sequences, boolean copies, int round) {
		var requests = IntStream.range(0, sequences).mapToObj(i -> request(copies, 100 * round + i)).toList();
		long start = System.nanoTime();
		Flux.merge(requests.stream().map(engine::generate).toList()).blockLast(Duration.ofMinutes(5));
		return sequences * TOKENS * 1e9 / (System.nanoTime() - start);
	}

	/** A random prompt, and a reply that goes through a loop or is drawn from the whole vocabulary. */
	private static GenerationRequest request(boolean copies, int seed) {
		var prompt = new SplittableRandom(seed).ints(200, 300, 2000).boxed().toList();
		var biases = copies
				? TokenRules.NONE.withAllowed(Set.of(500))
				: TokenRules.NONE.withLogitBias(Map.of(2, -100f));
		return new GenerationRequest(prompt, TOKENS, SamplingParameters.DEFAULTS.withSeed(seed).withTokens(biases),
				List.of());
	}

	private static LlamaCppEngine engine(NativeRuntime runtime, Path file, int sequences, Speculating speculation) {
		return new LlamaCppEngine(source(file, sequences), runtime.runtime().open(file),
				null,
				Settings.withSpeculation(0, speculation), StateStore.NONE);
	}

	private static ModelSource source(Path file, int sequences) {
		return new ModelSource("benchmark", file, 1024, sequences);
	}

	private static double median(double[] values) {
		return Arrays.stream(values).sorted().toArray()[values.length / 2];
	}

}
