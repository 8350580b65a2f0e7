package dev.corral.llamacpp;

import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.corral.inference.TokenLogprob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class LogprobsTests {

	@Test
	void reportsTheChosenTokenAndTheMostLikelyOnes() {
		var logits = logs(0.1, 0.5, 0.15, 0.25);

		var report = report(2, logits, 0);

		assertThat(report.tokenId()).isZero();
		assertThat(report.logprob()).isEqualTo(Math.log(0.1), within(1e-6));
		assertThat(report.bytes()).containsExactly(0);
		assertThat(report.top()).extracting(TokenLogprob.Top::tokenId).containsExactly(1, 3);
		assertThat(report.top().get(1).logprob()).isEqualTo(Math.log(0.25), within(1e-6));
		assertThat(report.top().get(1).bytes()).containsExactly(3);
	}

	@Test
	void ordersAsAFullSortWould() {
		var random = new SplittableRandom(5);
		for (int round = 0; round < 200; round++) {
			var logits = new float[60];
			for (int token = 0; token < logits.length; token++) {
				logits[token] = random.nextInt(-20, 20) / 2f;
			}
			int count = random.nextInt(0, 21);

			var expected = IntStream.range(0, logits.length).boxed()
					.sorted((a, b) -> Float.compare(logits[b], logits[a])).limit(count).toList();

			assertThat(report(count, logits, 3).top()).extracting(TokenLogprob.Top::tokenId).isEqualTo(expected);
		}
	}

	@Test
	void addsUpToCertainty() {
		var logits = new float[]{3, -2, 0.5f, 11, 4};

		assertThat(report(5, logits, 0).top().stream().mapToDouble(top -> Math.exp(top.logprob())).sum())
				.isEqualTo(1, within(1e-7));
	}

	@Test
	void neverReportsMoreThanCertainty() {
		var logits = new float[]{1e6f, -1e6f};

		assertThat(report(1, logits, 0).logprob()).isZero();
	}

	@Test
	void skipsTokensThatCannotBe() {
		var logits = new float[]{Float.NaN, 1, Float.NEGATIVE_INFINITY, 1};

		var report = report(20, logits, 3);

		assertThat(report.top()).extracting(TokenLogprob.Top::tokenId).containsExactly(1, 3);
		assertThat(report.logprob()).isEqualTo(Math.log(0.5), within(1e-7));
	}

	private static TokenLogprob report(int count, float[] logits, int token) {
		var logprobs = new Logprobs(count, id -> new byte[]{(byte) id});
		logprobs.remember(logits);
		return logprobs.of(token);
	}

	private static float[] logs(double... probabilities) {
		var logits = new float[probabilities.length];
		var values = DoubleStream.of(probabilities).map(Math::log).toArray();
		for (int i = 0; i < logits.length; i++) {
			logits[i] = (float) values[i] + 7;
		}
		return logits;
	}

}
