package dev.corral.llamacpp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.corral.inference.GenerationRequest;
import dev.corral.inference.SamplingParameters;
import dev.corral.inference.TokenRules;
import dev.corral.llamacpp.internal.ContextOptions;
import dev.corral.llamacpp.internal.DecodeResult;
import dev.corral.llamacpp.internal.NativeContext;
import dev.corral.llamacpp.internal.NativeModel;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the engine adds to a token: the same prompts and the same number of tokens through the engine, and through a bare loop of
 * decode and argmax on the same library, in turn. Run with {@code mvn -Pbenchmark test}.
 */
@Tag("benchmark")
class EngineOverheadBenchmark {

	private static final int TOKENS = 256;

	private static final int ROUNDS = 15;

	private static final int END_OF_SEQUENCE = 2;

	@ParameterizedTest
	@CsvSource({"BUNDLED, 1, 1", "BUNDLED, 8, 1", "PACK, 1, 1", "PACK, 8, 1", "BUNDLED, 1, 2", "BUNDLED, 8, 2",
			"PACK, 1, 2", "PACK, 8, 2"})
	void comparesTheEngineWithABareLoop(NativeRuntime runtime, int sequences, int threads) {
		var bare = new double[ROUNDS];
		var engine = new double[ROUNDS];
		try (var model = runtime.runtime().open(NativeRuntime.CRIA);
				var served = runtime.cria(1024, sequences,
						Settings.withThreads(threads))) {
			var prompt = Cria.prompt(served, "Please tell me a story.");
			for (int round = -3; round < ROUNDS; round++) {
				double bareNanos = bareLoop(model, prompt, sequences, threads);
				double engineNanos = engine(served, prompt, sequences);
				if (round >= 0) {
					bare[round] = bareNanos / (sequences * TOKENS);
					engine[round] = engineNanos / (sequences * TOKENS);
				}
			}
		}
		System.out.printf(
				"| %s | %d | %d | %.0f | %.0f | %.1f | %.3f |%n", runtime, sequences, threads, 1e9 / median(bare),
				1e9 / median(engine), (median(engine) - median(bare)) / 1e3, medianRatio(engine, bare));
	}

	private static double bareLoop(NativeModel model, List<Integer> prompt, int sequences, int threads) {
		int vocabulary = model.vocabulary().size();
		try (var context = NativeContext.open(model, new ContextOptions(1024, sequences, 512, threads))) {
			var batch = context.batch();
			var logits = new float[vocabulary];
			var next = new int[sequences];
			long start = System.nanoTime();
			for (int sequence = 0; sequence < sequences; sequence++) {
				batch.clear();
				for (int i = 0; i < prompt.size(); i++) {
					batch.add(prompt.get(i), i, sequence, i == prompt.size() - 1);
				}
				assertThat(context.decode(batch)).isEqualTo(DecodeResult.OK);
				next[sequence] = best(context, prompt.size() - 1, logits);
			}
			for (int token = 1; token < TOKENS; token++) {
				batch.clear();
				for (int sequence = 0; sequence < sequences; sequence++) {
					batch.add(next[sequence], prompt.size() + token - 1, sequence, true);
				}
				assertThat(context.decode(batch)).isEqualTo(DecodeResult.OK);
				for (int sequence = 0; sequence < sequences; sequence++) {
					next[sequence] = best(context, sequence, logits);
				}
			}
			return System.nanoTime() - start;
		}
	}

	private static int best(NativeContext context, int index, float[] logits) {
		context.logits(index).copyTo(logits);
		logits[END_OF_SEQUENCE] = Float.NEGATIVE_INFINITY;
		int best = 0;
		for (int i = 1; i < logits.length; i++) {
			best = logits[i] > logits[best] ? i : best;
		}
		return best;
	}

	private static double engine(LlamaCppEngine engine, List<Integer> prompt, int sequences) {
		var sampling = SamplingParameters.GREEDY
				.withTokens(TokenRules.NONE.withLogitBias(Map.of(END_OF_SEQUENCE, -100f)));
		var request = new GenerationRequest(prompt, TOKENS, sampling, List.of());
		long start = System.nanoTime();
		Flux.merge(new ArrayList<>(Collections.nCopies(sequences, engine.generate(request))))
				.blockLast(Duration.ofMinutes(1));
		return System.nanoTime() - start;
	}

	private static double median(double[] values) {
		return Arrays.stream(values).sorted().toArray()[values.length / 2];
	}

	private static double medianRatio(double[] a, double[] b) {
		var ratios = new double[a.length];
		Arrays.setAll(ratios, i -> a[i] / b[i]);
		return median(ratios);
	}

}
