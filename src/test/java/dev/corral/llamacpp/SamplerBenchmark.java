package dev.corral.llamacpp;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.corral.inference.Dry;
import dev.corral.inference.GenerationRequest;
import dev.corral.inference.Mirostat;
import dev.corral.inference.RepetitionPenalties;
import dev.corral.inference.SamplingParameters;
import dev.corral.inference.Xtc;

import static dev.corral.inference.SamplingParameters.DEFAULTS;
import static dev.corral.inference.SamplingParameters.GREEDY;
import static dev.corral.inference.Truncation.NONE;
import static org.assertj.core.api.Assertions.assertThat;

/** What one token costs in the sampler, with a vocabulary of 32,000 tokens and a prompt of 2,000. */
@Tag("benchmark")
class SamplerBenchmark {

	private static final int VOCABULARY = 32_000;

	private static final int PROMPT = 2_000;

	private static final int ROUNDS = 4_000;

	private final SplittableRandom random = new SplittableRandom(17);

	@ParameterizedTest
	@EnumSource
	void timesOneToken(Setting setting) {
		var sampler = new Sampler(setting.request(prompt()), 1, new SamplerVocabulary(Set.of(2), _ -> new byte[]{'x'}),
				null);
		var model = new float[16][];
		Arrays.setAll(model, _ -> logits());
		var logits = new float[VOCABULARY];
		var candidates = new int[VOCABULARY];
		var micros = new double[ROUNDS];
		for (int round = -ROUNDS; round < ROUNDS; round++) {
			System.arraycopy(model[Math.floorMod(round, model.length)], 0, logits, 0, VOCABULARY);
			long start = System.nanoTime();
			int token = sampler.sample(logits, candidates, PROMPT + ROUNDS + round).id();
			long nanos = System.nanoTime() - start;
			assertThat(token).isBetween(0, VOCABULARY);
			if (round >= 0) {
				micros[round] = nanos / 1e3;
			}
		}
		Arrays.sort(micros);
		System.out.printf(Locale.ROOT, "| %s | %.0f | %.0f |%n", setting, micros[ROUNDS / 2],
				micros[ROUNDS * 99 / 100]);
	}

	private List<Integer> prompt() {
		return random.ints(PROMPT, 3, 600).boxed().toList();
	}

	/** Like those of a model: a few likely tokens above a bell curve of unlikely ones. */
	private float[] logits() {
		var logits = new float[VOCABULARY];
		for (int token = 0; token < VOCABULARY; token++) {
			logits[token] = (float) (random.nextGaussian() * 2.2 - 4);
		}
		for (int i = 0; i < 40; i++) {
			logits[random.nextInt(VOCABULARY)] = (float) random.nextDouble(4, 14);
		}
		return logits;
	}

	/** What is measured. */
	enum Setting {

		GREEDY_ALONE(GREEDY, null),

		GREEDY_WITH_20_LOGPROBS(GREEDY, 20),

		PLAIN(DEFAULTS.withTemperature(0.7f), null),

		TOP_P_095(DEFAULTS.withTemperature(0.7f).withTruncation(NONE.withTopP(0.95f)), null),

		LLAMA_SERVER_DEFAULTS(DEFAULTS.withTemperature(0.8f)
				.withTruncation(NONE.withTopK(40).withTopP(0.95f).withMinP(0.05f)), null),

		TYPICAL_P_095(DEFAULTS.withTruncation(NONE.withTypicalP(0.95f)), null),

		MIROSTAT(DEFAULTS.withMirostat(Mirostat.DEFAULTS), null),

		DRY(DEFAULTS.withTruncation(NONE.withTopK(40)).withDry(Dry.DEFAULTS), null),

		EVERYTHING(DEFAULTS.withTemperature(0.8f)
				.withTruncation(NONE.withTopNSigma(3).withTopK(200).withTypicalP(0.98f).withTopP(0.95f).withMinP(0.02f))
				.withXtc(new Xtc(0.5f, 0.1f)).withDry(Dry.DEFAULTS)
				.withPenalties(new RepetitionPenalties(1.1f, 1024, 0.2f, 0.2f)), 20);

		private final SamplingParameters sampling;

		private final @Nullable Integer logprobs;

		Setting(SamplingParameters sampling, @Nullable Integer logprobs) {
			this.sampling = sampling;
			this.logprobs = logprobs;
		}

		GenerationRequest request(List<Integer> prompt) {
			return new GenerationRequest(prompt, 1, sampling, List.of()).withLogprobs(logprobs);
		}

	}

}
