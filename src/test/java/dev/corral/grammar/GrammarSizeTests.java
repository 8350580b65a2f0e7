package dev.corral.grammar;

import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.corral.inference.OutputConstraint.Choice;

import static org.assertj.core.api.Assertions.assertThat;

/** What replies find out about a grammar is kept only as far as it takes up little memory. */
class GrammarSizeTests {

	private static final int END = 256;

	@Test
	void growsByNoMoreThanItsLimitsHoweverManyStatesRepliesComeTo() {
		var vocabulary = new GrammarVocabulary(END + 1,
				token -> token == END ? new byte[0] : new byte[]{(byte) token}, token -> token == END);
		var random = new SplittableRandom(1);
		var texts = Stream.generate(() -> random.ints(4_900, '0', 'z').mapToObj(Character::toString)
				.collect(Collectors.joining())).limit(40).toList();
		var grammar = Grammar.compile(new Choice(texts), GrammarLimits.DEFAULTS);
		long compiled = grammar.bytes();

		long largest = 0;
		for (var text : texts.subList(0, 8)) {
			var matcher = new GrammarMatcher(grammar, vocabulary);
			for (int i = 0; i < text.length(); i++) {
				matcher.apply(new float[END + 1]);
				matcher.accept(text.charAt(i));
				largest = Math.max(largest, grammar.bytes() - compiled);
			}
			assertThat(matcher.complete()).isTrue();
		}

		assertThat(largest).isBetween(StateSpace.MAX_BYTES / 2, StateSpace.MAX_BYTES + TokenMasks.MAX_BYTES);
	}

}
