package dev.corral.llamacpp;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.corral.inference.GenerationRequest;
import dev.corral.inference.RepetitionPenalties;
import dev.corral.inference.SamplingParameters;
import dev.corral.inference.TokenRules;

import static dev.corral.inference.SamplingParameters.DEFAULTS;
import static dev.corral.inference.SamplingParameters.GREEDY;
import static dev.corral.inference.Truncation.NONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

class SamplerTests {

	private static final int DRAWS = 20_000;

	/** Probabilities 0.5, 0.25, 0.125, 0.0625, 0.0625 at temperature 1, in an order that is not sorted. */
	private static final float[] LOGITS = {log2(-4), log2(-1), log2(-3), log2(-4), log2(-2)};

	@Test
	void takesTheMostLikelyTokenWhenGreedy() {
		assertThat(sample(GREEDY, LOGITS, 0)).isEqualTo(1);
	}

	@Test
	void drawsInProportionToTheProbabilities() {
		assertThat(frequencies(DEFAULTS)).containsExactly(new double[]{0.0625, 0.5, 0.125, 0.0625, 0.25}, within(0.02));
	}

	@Test
	void sharpensWithALowerTemperature() {
		// Squared and normalised again.
		assertThat(frequencies(DEFAULTS.withTemperature(0.5f)))
				.containsExactly(new double[]{0.0114, 0.7273, 0.0455, 0.0114, 0.1818}, within(0.02));
	}

	@Test
	void keepsTheMostLikelyTokensWithTopK() {
		assertThat(frequencies(DEFAULTS.withTruncation(NONE.withTopK(2))))
				.containsExactly(new double[]{0, 2 / 3.0, 0, 0, 1 / 3.0}, within(0.02));
	}

	@Test
	void keepsTheSmallestSufficientSetWithTopP() {
		assertThat(frequencies(DEFAULTS.withTruncation(NONE.withTopP(0.8f))))
				.containsExactly(new double[]{0, 0.5714, 0.1429, 0, 0.2857}, within(0.02));
		assertThat(frequencies(DEFAULTS.withTruncation(NONE.withTopP(0.01f)))).contains(1.0);
	}

	@Test
	void appliesTopPToWhatTopKLeft() {
		// Of 4/7, 2/7 and 1/7 the first two already reach 0.8.
		assertThat(frequencies(DEFAULTS.withTruncation(NONE.withTopK(3).withTopP(0.8f))))
				.containsExactly(new double[]{0, 2 / 3.0, 0, 0, 1 / 3.0}, within(0.02));
	}

	@Test
	void dropsTokensFarLessLikelyThanTheBestWithMinP() {
		var expected = new double[]{0, 0.5714, 0.1429, 0, 0.2857};

		assertThat(frequencies(DEFAULTS.withTruncation(NONE.withMinP(0.2f))))
				.containsExactly(expected, within(0.02));
		assertThat(frequencies(DEFAULTS.withTruncation(NONE.withTopP(0.99f).withMinP(0.2f))))
				.containsExactly(expected, within(0.02));
	}

	@Test
	void keepsExactlyWhatAFullSortWouldKeep() {
		var random = new SplittableRandom(11);
		for (int round = 0; round < 300; round++) {
			var logits = new float[200];
			for (int i = 0; i < logits.length; i++) {
				logits[i] = (float) random.nextDouble(-8, 8);
			}
			float topP = (float) random.nextDouble(0.05, 0.999);
			var parameters = DEFAULTS.withTruncation(NONE.withTopP(topP)).withSeed(round);

			int token = sample(parameters, logits, 0);

			assertThat(probabilityAbove(logits, token)).as("round %d", round).isLessThan(topP + 1e-6);
		}
	}

	@Test
	void drawsTheSameForTheSameSeedAndPosition() {
		var parameters = DEFAULTS.withTemperature(2);

		assertThat(sample(parameters.withSeed(3), LOGITS, 17)).isEqualTo(sample(parameters.withSeed(3), LOGITS, 17));
	}

	@Test
	void addsLogitBias() {
		var parameters = GREEDY.withTokens(TokenRules.NONE.withLogitBias(Map.of(1, -100f, 2, 50f)));

		assertThat(sample(parameters, LOGITS, 0)).isEqualTo(2);
	}

	@Test
	void penalizesTokensOfThePromptForRepetition() {
		var sampler = greedy(new RepetitionPenalties(2, RepetitionPenalties.EVERYTHING, 0, 0), 1, 2);

		assertThat(sampler.sample(new float[]{2, 3, -1, 1.8f}, new int[4], 0).id()).isEqualTo(0);
		assertThat(sampler.sample(new float[]{2, 3, -1, 1.8f}, new int[4], 1).id()).isEqualTo(3);
	}

	@Test
	void penalizesTokensOfTheReplyByPresenceAndFrequency() {
		var presence = greedy(new RepetitionPenalties(1, RepetitionPenalties.EVERYTHING, 1, 0), 1);
		var frequency = greedy(new RepetitionPenalties(1, RepetitionPenalties.EVERYTHING, 0, 0.6f), 0);

		assertThat(draws(presence, 4)).containsExactly(0, 1, 0, 0);
		assertThat(draws(frequency, 4)).containsExactly(0, 0, 1, 0);
	}

	@Test
	void refusesLogitsThatAreNotNumbers() {
		var nothing = new float[]{Float.NaN, Float.NEGATIVE_INFINITY};

		assertThatIllegalStateException().isThrownBy(() -> sample(DEFAULTS, nothing, 0))
				.withMessage("the model gave no usable probabilities");
	}

	private static List<Integer> draws(Sampler sampler, int count) {
		return IntStream.range(0, count)
				.mapToObj(i -> sampler.sample(new float[]{2, 1.1f, 0}, new int[3], i).id())
				.toList();
	}

	private static double probabilityAbove(float[] logits, int token) {
		double total = 0;
		double above = 0;
		for (float logit : logits) {
			total += Math.exp(logit);
			above += logit > logits[token] ? Math.exp(logit) : 0;
		}
		return above / total;
	}

	private static double[] frequencies(SamplingParameters parameters) {
		var counts = new double[LOGITS.length];
		for (int i = 0; i < DRAWS; i++) {
			counts[sample(parameters.withSeed(5), LOGITS, i)]++;
		}
		return Arrays.stream(counts).map(count -> count / DRAWS).toArray();
	}

	private static int sample(SamplingParameters parameters, float[] logits, int position) {
		var seed = parameters.seed();
		return sampler(parameters, seed == null ? 0 : seed, 0).sample(Arrays.copyOf(logits, logits.length),
				new int[logits.length], position).id();
	}

	private static Sampler greedy(RepetitionPenalties penalties, Integer... prompt) {
		return sampler(GREEDY.withPenalties(penalties), 0, prompt);
	}

	private static Sampler sampler(SamplingParameters parameters, long seed, Integer... prompt) {
		var request = new GenerationRequest(List.of(prompt), 1, parameters, List.of());
		return new Sampler(request, seed, new SamplerVocabulary(Set.of(), _ -> new byte[]{'x'}), null);
	}

	private static float log2(int exponent) {
		return (float) (exponent * Math.log(2));
	}

}
