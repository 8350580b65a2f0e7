package dev.corral.llamacpp;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import dev.corral.inference.Truncation;

import static dev.corral.inference.Truncation.NONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Filters against their definitions. The probabilities of what is left are read off by drawing with evenly spread noise. */
class CandidatesTests {

	private static final int DRAWS = 500;

	private static final int ROUNDS = 40;

	private final SplittableRandom random = new SplittableRandom(23);

	@Test
	void drawsInProportionToTheProbabilitiesAtATemperature() {
		for (int round = 0; round < ROUNDS; round++) {
			float temperature = (float) random.nextDouble(0.1, 2);
			check(logits(), candidates -> candidates.temper(temperature), naive -> naive.temper(temperature));
		}
	}

	@Test
	void keepsWhatIsWithinSomeDeviationsOfTheBest() {
		for (int round = 0; round < ROUNDS; round++) {
			checkTruncation(NONE.withTopNSigma((float) random.nextDouble(0.1, 3)));
		}
	}

	@Test
	void keepsTheMostLikely() {
		for (int round = 0; round < ROUNDS; round++) {
			checkTruncation(NONE.withTopK(random.nextInt(1, 60)));
		}
	}

	@Test
	void keepsTheMostTypical() {
		for (int round = 0; round < ROUNDS; round++) {
			checkTruncation(NONE.withTypicalP((float) random.nextDouble(0.05, 0.999)));
		}
	}

	@Test
	void keepsTheNucleus() {
		for (int round = 0; round < ROUNDS; round++) {
			checkTruncation(NONE.withTopP((float) random.nextDouble(0.05, 0.999)));
		}
	}

	@Test
	void keepsAShareOfTheMostLikely() {
		for (int round = 0; round < ROUNDS; round++) {
			checkTruncation(NONE.withMinP((float) random.nextDouble(0.001, 1)));
		}
	}

	@Test
	void appliesAllFiltersInTheirOrder() {
		for (int round = 0; round < ROUNDS; round++) {
			checkTruncation(new Truncation((float) random.nextDouble(0.5, 4), random.nextInt(5, 50),
					(float) random.nextDouble(0.5, 1), (float) random.nextDouble(0.5, 1),
					(float) random.nextDouble(0, 0.2)));
		}
	}

	@Test
	void excludesTopChoicesButTheLeastLikelyOfThem() {
		for (int round = 0; round < ROUNDS; round++) {
			double threshold = random.nextDouble(0.001, 0.6);
			check(logits(), candidates -> candidates.excludeTopChoices(threshold),
					naive -> naive.excludeTopChoices(threshold));
		}
	}

	@Test
	void leavesNothingOutThatTiesDecide() {
		var equal = new float[]{1, 1, 1, 0, 1};

		check(equal, candidates -> candidates.truncate(NONE.withTopK(2)), naive -> naive.truncate(NONE.withTopK(2)));
		check(equal, candidates -> candidates.truncate(NONE.withTopP(0.5f)),
				naive -> naive.truncate(NONE.withTopP(0.5f)));
		check(equal, candidates -> candidates.excludeTopChoices(0.2), naive -> naive.excludeTopChoices(0.2));
	}

	@Test
	void neverDrawsWhatIsForbidden() {
		var logits = new float[]{Float.NEGATIVE_INFINITY, 1, Float.NaN, 2, Float.NEGATIVE_INFINITY};

		var shares = shares(logits, candidates -> candidates.truncate(new Truncation(3, 4, 0.99f, 0.99f, 0.01f)));

		assertThat(shares[0] + shares[2] + shares[4]).isZero();
		assertThat(shares[1] + shares[3]).isEqualTo(1, within(1e-9));
	}

	@Test
	void copesWithTheLargestLogits() {
		var logits = new float[]{Float.MAX_VALUE, -Float.MAX_VALUE, Float.MAX_VALUE};

		var shares = shares(logits, candidates -> {
			candidates.truncate(new Truncation(100, 3, 0.9f, 0.9f, 0.01f));
			candidates.temper(Float.MIN_VALUE);
		});

		assertThat(shares).containsExactly(new double[]{0.5, 0, 0.5}, within(1.5 / DRAWS));
	}

	@Test
	void limitsSurpriseToTheBits() {
		// Surprises of 1, 2, 3 and 3 bits.
		var logits = new float[]{(float) Math.log(0.5), (float) Math.log(0.25), (float) Math.log(0.125),
				(float) Math.log(0.125)};

		assertThat(shares(logits, candidates -> candidates.limitSurprise(2.5)))
				.containsExactly(new double[]{2 / 3.0, 1 / 3.0, 0, 0}, within(1.5 / DRAWS));
		assertThat(shares(logits, candidates -> candidates.limitSurprise(-9)))
				.containsExactly(new double[]{1, 0, 0, 0}, within(1e-9));
	}

	private void checkTruncation(Truncation truncation) {
		check(logits(), candidates -> candidates.truncate(truncation), naive -> naive.truncate(truncation));
	}

	private static void check(float[] logits, Consumer<Candidates> filter, Consumer<NaiveSampling> definition) {
		var naive = new NaiveSampling(logits);
		definition.accept(naive);

		assertThat(shares(logits, filter)).containsExactly(naive.probabilities(), within(1.5 / DRAWS));
	}

	private static double[] shares(float[] logits, Consumer<Candidates> filter) {
		var shares = new double[logits.length];
		float highest = Float.NEGATIVE_INFINITY;
		for (float logit : logits) {
			highest = logit > highest ? logit : highest;
		}
		for (int i = 0; i < DRAWS; i++) {
			var candidates = new Candidates(Arrays.copyOf(logits, logits.length), new int[logits.length], highest);
			filter.accept(candidates);
			shares[candidates.draw((i + 0.5) / DRAWS)] += 1.0 / DRAWS;
		}
		return shares;
	}

	/** Between flat and peaked. */
	private float[] logits() {
		double spread = random.nextDouble(0.3, 4);
		var logits = new float[50];
		for (int token = 0; token < logits.length; token++) {
			logits[token] = (float) (random.nextGaussian() * spread);
		}
		return logits;
	}

}
