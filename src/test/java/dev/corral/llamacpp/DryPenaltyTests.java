package dev.corral.llamacpp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import dev.corral.inference.Dry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class DryPenaltyTests {

	/** Pieces of the tokens from 0; the last has no text, as control tokens. */
	private static final List<String> PIECES = List.of("a", "b", "c", ";", "E", "ND", "");

	@Test
	void penalizesTheTokenThatWouldGoOnWithAPassage() {
		// After "a b" came c.
		assertThat(penalties(new Dry(2, 3, 2, 100, List.of()), 0, 1, 2, 1, 0, 1)).containsExactly(0, 0, 2, 0, 0, 0, 0);
	}

	@Test
	void penalizesLongerPassagesMore() {
		assertThat(penalties(new Dry(2, 3, 2, 100, List.of()), 4, 0, 1, 2, 1, 4, 0, 1))
				.containsExactly(0, 0, 6, 0, 0, 0, 0);
	}

	@Test
	void leavesShortRepetitionsAlone() {
		assertThat(penalties(new Dry(2, 3, 3, 100, List.of()), 0, 1, 2, 1, 0, 1)).containsOnly(0);
	}

	@Test
	void doesNotMatchAcrossABreaker() {
		assertThat(penalties(new Dry(2, 3, 2, 100, List.of(";")), 0, 3, 1, 2, 0, 3, 1)).containsOnly(0);
		assertThat(penalties(new Dry(2, 3, 2, 100, List.of()), 0, 3, 1, 2, 0, 3, 1)).contains(6);
	}

	@Test
	void seesABreakerThatSpansTokens() {
		assertThat(penalties(new Dry(2, 3, 2, 100, List.of("END")), 0, 4, 5, 1, 2, 0, 4, 5, 1)).containsOnly(0);
	}

	@Test
	void takesControlTokensForBreakers() {
		assertThat(penalties(new Dry(2, 3, 2, 100, List.of()), 0, 6, 1, 2, 0, 6, 1)).containsOnly(0);
	}

	@Test
	void letsBreakersThemselvesBeRepeated() {
		assertThat(penalties(new Dry(2, 3, 2, 100, List.of(";")), 0, 1, 3, 0, 1)).containsOnly(0);
	}

	@Test
	void forgetsWhatIsOutOfRange() {
		assertThat(penalties(new Dry(2, 3, 2, 5, List.of()), 0, 1, 2, 1, 1, 0, 1)).containsOnly(0);
		assertThat(penalties(new Dry(2, 3, 2, 0, List.of()), 0, 1, 2, 0, 1)).containsOnly(0);
	}

	@Test
	void keepsLogitsFiniteHoweverLongThePassage() {
		var dry = penalty(new Dry(100, 10, 1, 8192, List.of()), List.of());
		for (int i = 0; i < 9000; i++) {
			dry.accept(0);
		}
		var logits = new float[PIECES.size()];

		dry.apply(logits);

		assertThat(logits[0]).isEqualTo(-1e6f);
	}

	@Test
	void findsWhatComparingAllPassagesFinds() {
		var random = new SplittableRandom(41);
		for (int round = 0; round < 500; round++) {
			int range = random.nextInt(1, 80);
			var parameters = new Dry(1, 1.5f, random.nextInt(1, 5), range, List.of(";", "END"));
			var text = random.ints(random.nextInt(1, 200), 0, round % 2 == 0 ? 3 : PIECES.size()).boxed().toList();
			int promptTokens = random.nextInt(text.size() + 1);

			var dry = penalty(parameters, text.subList(0, promptTokens));
			text.subList(promptTokens, text.size()).forEach(dry::accept);
			var logits = new float[PIECES.size()];
			dry.copy().apply(logits);
			var again = new float[PIECES.size()];
			dry.apply(again);

			assertThat(logits).as("round %d", round).containsExactly(naive(parameters, text, promptTokens),
					within(1e-3f));
			assertThat(again).isEqualTo(logits);
		}
	}

	/** What Dry says, by comparing every earlier place with the end, token by token. */
	private static float[] naive(Dry dry, List<Integer> text, int promptTokens) {
		var breaker = breakers(dry, text, promptTokens);
		int begin = Math.max(0, text.size() - dry.rangeTokens());
		var longest = new int[PIECES.size()];
		for (int place = begin; place < text.size() - 1; place++) {
			int same = 0;
			while (place - same >= begin && !breaker.get(text.size() - 1 - same)
					&& text.get(place - same).equals(text.get(text.size() - 1 - same))
					&& !breaker.get(place - same)) {
				same++;
			}
			if (!breaker.get(place + 1)) {
				longest[text.get(place + 1)] = Math.max(longest[text.get(place + 1)], same);
			}
		}
		var logits = new float[PIECES.size()];
		for (int token = 0; token < logits.length; token++) {
			if (longest[token] >= dry.allowedTokens()) {
				logits[token] -= (float) (dry.multiplier()
						* Math.pow(dry.base(), longest[token] - dry.allowedTokens()));
			}
		}
		return logits;
	}

	/** A prompt is read from where the range begins. */
	private static List<Boolean> breakers(Dry dry, List<Integer> text, int promptTokens) {
		var breakers = new ArrayList<Boolean>();
		int begin = Math.max(0, promptTokens - dry.rangeTokens());
		var read = new StringBuilder();
		for (int place = 0; place < text.size(); place++) {
			var piece = PIECES.get(text.get(place));
			if (place < begin) {
				breakers.add(piece.isEmpty());
			} else {
				read.append(piece);
				breakers.add(piece.isEmpty() || dry.sequenceBreakers().stream().anyMatch(read.toString()::endsWith));
			}
		}
		return breakers;
	}

	private static int[] penalties(Dry parameters, Integer... text) {
		var logits = new float[PIECES.size()];
		penalty(parameters, List.of(text)).apply(logits);
		var penalties = new int[logits.length];
		for (int token = 0; token < logits.length; token++) {
			penalties[token] = Math.round(-logits[token]);
		}
		return penalties;
	}

	private static DryPenalty penalty(Dry parameters, List<Integer> prompt) {
		return new DryPenalty(parameters, prompt, token -> PIECES.get(token).getBytes(StandardCharsets.UTF_8));
	}

}
