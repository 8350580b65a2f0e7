package dev.corral.grammar;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.corral.inference.OutputConstraint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class GrammarMatcherTests {

	@Test
	void masksExactlyTheTokensThatItWouldTake() {
		var random = new SplittableRandom(7);
		var grammar = Texts.schema(
				"{\"type\": \"object\", \"properties\": {\"é\": {\"type\": \"array\"}, \"n\": {\"type\": \"number\"}}}");
		var matcher = Texts.matcher(grammar);
		for (int step = 0; step < 300 && !matcher.mustEnd(); step++) {
			var logits = new float[Texts.VOCABULARY.size()];
			Arrays.fill(logits, 1);

			matcher.apply(logits);

			for (int token = 0; token < logits.length; token++) {
				assertThat(logits[token]).isEqualTo(matcher.allows(token) ? 1 : Float.NEGATIVE_INFINITY);
			}
			var allowed = Texts.allowed(matcher).stream().filter(token -> token != Texts.END_OF_GENERATION).toList();
			matcher.accept(allowed.get(random.nextInt(allowed.size())));
		}
	}

	@Test
	void allowsTheEndOnlyWhenTheTextIsComplete() {
		var matcher = Texts.matcher(Texts.regex("ab?"));

		assertThat(matcher.allows(Texts.END_OF_GENERATION)).isFalse();
		Texts.take(matcher, "a");
		assertThat(matcher.complete()).isTrue();
		assertThat(matcher.mustEnd()).isFalse();
		assertThat(matcher.allows(Texts.END_OF_GENERATION)).isTrue();
		Texts.take(matcher, "b");
		assertThat(matcher.mustEnd()).isTrue();
		assertThat(Texts.allowed(matcher)).containsExactly(Texts.END_OF_GENERATION);
		matcher.accept(Texts.END_OF_GENERATION);
		assertThat(matcher.mustEnd()).isTrue();
		assertThat(matcher.allows(Texts.tokenOf('b'))).isFalse();
	}

	@Test
	void staysAsItWasWhenATokenIsRefused() {
		var matcher = Texts.matcher(Texts.regex("ab"));

		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> matcher.accept(Texts.tokenOf('b')))
				.withMessage("Token 99 may not follow under this reply's constraint");
		assertThat(Texts.take(matcher, "ab")).isTrue();
	}

	@Test
	void goesItsOwnWayAfterACopy() {
		var matcher = Texts.matcher(Texts.regex("a(b|c)"));
		Texts.take(matcher, "a");

		var copy = matcher.copy();
		Texts.take(copy, "b");

		assertThat(copy.mustEnd()).isTrue();
		assertThat(matcher.mustEnd()).isFalse();
		assertThat(Texts.take(matcher, "c")).isTrue();
	}

	@Test
	void neverAllowsTokensWithoutBytes() {
		var vocabulary = vocabulary(List.of("", "a", "", "</s>"), 3);
		var logits = new float[6];

		new GrammarMatcher(Texts.regex(".*"), vocabulary).apply(logits);

		assertThat(logits).containsExactly(Float.NEGATIVE_INFINITY, 0, Float.NEGATIVE_INFINITY, 0,
				Float.NEGATIVE_INFINITY,
				Float.NEGATIVE_INFINITY);
	}

	@Test
	void failsInWordsWhereNoTokenCanFollow() {
		var matcher = new GrammarMatcher(Texts.regex("ab"), vocabulary(List.of("a", "c", ""), 2));
		matcher.accept(0);

		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> matcher.apply(new float[3]))
				.withMessage("The constraint on this reply cannot be kept: no token of the vocabulary can follow");
	}

	@Test
	void forcesTheLongestTokensOfTheOnlyWayOn() {
		var matcher = Texts.matcher(Texts.regex("helloabcd[xy]"));

		var forced = matcher.forced();

		assertThat(text(forced)).isEqualTo("helloabcd");
		assertThat(forced).hasSize(3);
		for (int token : forced) {
			matcher.accept(token);
		}
		assertThat(matcher.forced()).isEmpty();
		assertThat(Texts.allowed(matcher)).containsExactly(Texts.tokenOf('x'), Texts.tokenOf('y'));
	}

	@Test
	void leavesTheModelATokenThatReachesIntoWhatIsOpen() {
		var matcher = Texts.matcher(Texts.regex("xa(b|c)"));

		assertThat(text(matcher.forced())).isEqualTo("x");
	}

	@Test
	void forcesNothingWhereTheTextMayEnd() {
		var matcher = Texts.matcher(Texts.regex("(ab)?"));

		assertThat(matcher.forced()).isEmpty();
	}

	@Test
	void remembersMoreStatesThanItKeeps() {
		// A counter up to 15,000 has more states than are kept, so all are forgotten on the way.
		var grammar = Texts.gbnf("root ::= \"x\"{0,15000} \"y\"");
		var matcher = Texts.matcher(grammar);

		assertThat(Texts.take(matcher, "x".repeat(15_000))).isTrue();
		assertThat(Texts.allowed(matcher)).containsExactly(Texts.tokenOf('y'));
		assertThat(Texts.accepts(grammar, "xxy")).isTrue();
	}

	@Test
	void givesUpOnAGrammarThatIsTooAmbiguous() {
		var rules = new StringBuilder("root ::= a0*\n");
		for (int i = 0; i < 150; i++) {
			rules.append("a%d ::= \"x\"{0,300} [a-z] | \"x\" \"x\"? a%d\n".formatted(i, (i + 1) % 150));
		}
		var matcher = Texts.matcher(Texts.gbnf(rules.toString()));

		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> Texts.take(matcher, "x".repeat(3_000)))
				.withMessage(
						"The constraint on this reply is too ambiguous: to read one byte of it takes more than 20000 steps");
	}

	@Test
	void servesManyThreadsWithOneGrammar() {
		var schema = "{\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"string\", \"maxLength\": 50}, \"b\": {}}}";
		var shared = Texts.schema(schema);
		var alone = Texts.schema(schema);

		var texts = IntStream.range(0, 200).parallel()
				.mapToObj(seed -> Texts.random(shared, new SplittableRandom(seed)))
				.toList();

		assertThat(texts).containsExactlyElementsOf(
				IntStream.range(0, 200).mapToObj(seed -> Texts.random(alone, new SplittableRandom(seed))).toList());
	}

	@Test
	void choosesAmongTextsThatShareTheirBeginning() {
		var grammar = Grammar.compile(new OutputConstraint.Choice(List.of("yes", "yes, sir", "né")),
				GrammarLimits.DEFAULTS);

		assertThat(List.of("yes", "yes, sir", "né")).allMatch(text -> Texts.accepts(grammar, text));
		assertThat(List.of("", "ye", "yes,", "n", "yesyes")).noneMatch(text -> Texts.accepts(grammar, text));
	}

	private static String text(int[] tokens) {
		var text = new StringBuilder();
		for (int token : tokens) {
			text.append(new String(Texts.VOCABULARY.piece(token), StandardCharsets.UTF_8));
		}
		return text.toString();
	}

	private static GrammarVocabulary vocabulary(List<String> pieces, int end) {
		return new GrammarVocabulary(pieces.size(), token -> pieces.get(token).getBytes(StandardCharsets.UTF_8),
				token -> token == end);
	}

}
