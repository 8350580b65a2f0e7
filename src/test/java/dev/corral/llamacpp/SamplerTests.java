package dev.corral.llamacpp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.corral.inference.GenerationRequest;
import dev.corral.inference.Mirostat;
import dev.corral.inference.RepetitionPenalties;
import dev.corral.inference.SamplingParameters;
import dev.corral.inference.TokenRules;
import dev.corral.inference.Xtc;

import static dev.corral.inference.SamplingParameters.DEFAULTS;
import static dev.corral.inference.SamplingParameters.GREEDY;
import static dev.corral.inference.Truncation.NONE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

class SamplerTests {

	private static final int DRAWS = 20_000;

	private static final SamplerVocabulary VOCABULARY = new SamplerVocabulary(Set.of(0), _ -> new byte[]{'x'});

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
	void drawsAsOftenAsTheProbabilitiesSay() {
		double statistic = 0;
		var expected = new double[]{0.0625, 0.5, 0.125, 0.0625, 0.25};
		var observed = frequencies(DEFAULTS);
		for (int token = 0; token < expected.length; token++) {
			statistic += DRAWS * Math.pow(observed[token] - expected[token], 2) / expected[token];
		}

		// The chi-square distribution with 4 degrees of freedom exceeds this once in a thousand times.
		assertThat(statistic).isLessThan(18.47);
	}

	@Test
	void truncatesBeforeTemperatureFlattens() {
		// 0.5 and 0.25 reach 0.7 as they are; flattened by temperature 2 they would not.
		var parameters = DEFAULTS.withTruncation(NONE.withTopP(0.7f)).withTemperature(2);

		assertThat(frequencies(parameters)).containsExactly(new double[]{0, 0.5858, 0, 0, 0.4142}, within(0.02));
	}

	@Test
	void excludesTopChoicesAsOftenAsAskedIndependentlyOfTheDraw() {
		// Of 0.5 and 0.25 the first is dropped half of the time: 0.25 of 0.5 is left then, and is drawn half of the time.
		assertThat(frequencies(DEFAULTS.withXtc(new Xtc(0.5f, 0.2f))))
				.containsExactly(new double[]{0.0938, 0.25, 0.1875, 0.0938, 0.375}, within(0.02));
	}

	@Test
	void aimsAtTheSurpriseOfMirostat() {
		var random = new SplittableRandom(2);
		var sampler = sampler(DEFAULTS.withMirostat(new Mirostat(3, 0.1f)), 1, 0);
		double total = 0;
		for (int i = 0; i < 2000; i++) {
			var logits = new float[1000];
			for (int token = 0; token < logits.length; token++) {
				logits[token] = (float) random.nextGaussian() * 2;
			}
			double normalizer = Math.log(IntStream.range(0, logits.length).mapToDouble(t -> Math.exp(logits[t])).sum());
			var model = logits.clone();

			int token = sampler.sample(logits, new int[logits.length], i).id();

			total += (normalizer - model[token]) / Math.log(2);
		}

		// The aim is the surprise among the tokens it leaves; among all it is a little higher. Undirected draws have 7 bits here.
		assertThat(total / 2000).isBetween(3.0, 6.0);
	}

	@Test
	void repeatsOnlyWhatTheRangeHasForgotten() {
		var sampler = greedy(new RepetitionPenalties(10, 2, 0, 0), 2);

		// Token 1 comes again when the two before it are both token 0.
		assertThat(draws(sampler, 6)).containsExactly(0, 1, 0, 0, 1, 0);
	}

	@Test
	void choosesOnlyAmongAllowedTokensThatAreNotBanned() {
		var rules = TokenRules.NONE.withAllowed(Set.of(0, 1, 2)).withBanned(Set.of(1));

		assertThat(sample(GREEDY.withTokens(rules), LOGITS, 0)).isEqualTo(2);
	}

	@Test
	void doesNotEndBeforeTheLeastNumberOfTokens() {
		var sampler = ending(TokenRules.NONE.withMinTokens(2));

		assertThat(draws(sampler, 4)).containsExactly(1, 1, 0, 0);
	}

	@Test
	void neverEndsWhenTheEndIsIgnored() {
		assertThat(draws(ending(TokenRules.NONE.withoutEndOfGeneration()), 4)).containsOnly(1);
	}

	@Test
	void appliesTheConstraintAfterTheRulesAndBeforeThePenalties() {
		var seen = new ArrayList<Float>();
		var parameters = GREEDY.withTokens(TokenRules.NONE.withLogitBias(Map.of(0, 5f)).withBanned(Set.of(2)))
				.withPenalties(new RepetitionPenalties(2, RepetitionPenalties.EVERYTHING, 0, 0));
		var sampler = new Sampler(new GenerationRequest(List.of(0), 1, parameters, List.of()), 0, VOCABULARY,
				new Forbidding(0, seen));

		int token = sampler.sample(new float[]{2, 1, 9}, new int[3], 0).id();

		assertThat(seen).containsExactly(7f, 1f, Float.NEGATIVE_INFINITY, 1f);
		assertThat(token).isEqualTo(1);
	}

	@Test
	void saysSoWhenConstraintAndBansLeaveNothing() {
		var parameters = GREEDY.withTokens(TokenRules.NONE.withBanned(Set.of(1)));
		var sampler = new Sampler(new GenerationRequest(List.of(0), 1, parameters, List.of()), 0, VOCABULARY,
				new Forbidding(0, new ArrayList<>()));

		assertThatIllegalStateException().isThrownBy(() -> sampler.sample(new float[]{2, 1}, new int[2], 0))
				.withMessage("the constraint of the reply and the banned tokens leave no token to choose from");
	}

	@Test
	void reportsTheModelsOwnProbabilitiesWhateverDecides() {
		var parameters = GREEDY.withTokens(TokenRules.NONE.withLogitBias(Map.of(2, 50f)));
		var request = new GenerationRequest(List.of(0), 1, parameters, List.of()).withLogprobs(1);

		var sampled = new Sampler(request, 0, VOCABULARY, null).sample(LOGITS.clone(), new int[LOGITS.length], 0);

		var logprob = requireNonNull(sampled.logprob());
		assertThat(logprob.tokenId()).isEqualTo(2);
		assertThat(logprob.logprob()).isEqualTo(Math.log(0.125), within(1e-6));
		assertThat(logprob.top().getFirst().tokenId()).isEqualTo(1);
		assertThat(sampler(GREEDY, 0, 0).sample(LOGITS.clone(), new int[LOGITS.length], 0).logprob()).isNull();
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

	/** Token 0 is the most likely and ends the reply. */
	private static Sampler ending(TokenRules rules) {
		var request = new GenerationRequest(List.of(0), 1, GREEDY.withTokens(rules), List.of());
		return new Sampler(request, 0, VOCABULARY, null);
	}

	private static Sampler greedy(RepetitionPenalties penalties, Integer... prompt) {
		return sampler(GREEDY.withPenalties(penalties), 0, prompt);
	}

	private static Sampler sampler(SamplingParameters parameters, long seed, Integer... prompt) {
		var request = new GenerationRequest(List.of(prompt), 1, parameters, List.of());
		return new Sampler(request, seed, VOCABULARY, null);
	}

	/** Allows every token but one, and notes the logits that it was given and the tokens that were chosen. */
	private record Forbidding(int token, List<Float> seen) implements TokenConstraint {

		@Override
		public void apply(float[] logits) {
			for (float logit : logits) {
				seen.add(logit);
			}
			logits[token] = Float.NEGATIVE_INFINITY;
		}

		@Override
		public void accept(int token) {
			seen.add((float) token);
		}

		@Override
		public TokenConstraint copy() {
			return this;
		}

	}

	private static float log2(int exponent) {
		return (float) (exponent * Math.log(2));
	}

}
