package dev.corral.llamacpp;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.corral.grammar.GrammarVocabulary;
import dev.corral.inference.OutputConstraint.Choice;
import dev.corral.inference.OutputConstraint.Regex;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

class ConstraintsTests {

	private static final int END = 256;

	private final Constraints constraints = new Constraints(new ConstraintVocabularies(Map.of(),
			_ -> new GrammarVocabulary(END + 1, token -> token == END ? new byte[0] : new byte[]{(byte) token},
					token -> token == END)));

	@Test
	void remembersHostileConstraintsUpToItsLimit() {
		constraints.compile(large(0));
		long one = constraints.bytes();

		for (int i = 1; i < 3 * Constraints.MAX_BYTES / (2 * one); i++) {
			constraints.compile(large(i));
			assertThat(constraints.bytes()).isLessThanOrEqualTo(Constraints.MAX_BYTES);
		}

		assertThat(one).isGreaterThan(1 << 20);
		assertThat(constraints.bytes()).isGreaterThan(Constraints.MAX_BYTES / 2);
	}

	@Test
	void remembersManySmallConstraintsWithWhatRepliesFoundOut() {
		for (int i = 0; i < 1000; i++) {
			var constraint = requireNonNull(constraints.compile(new Regex("[a-z]{1,3}" + i)));
			constraint.apply(new float[END + 1]);
		}
		long before = constraints.bytes();

		constraints.compile(new Regex("[a-z]{1,3}999"));

		assertThat(constraints.bytes()).isEqualTo(before).isLessThan(4 << 20);
	}

	private static Choice large(int seed) {
		var random = new SplittableRandom(seed);
		return new Choice(Stream.generate(() -> random.ints(4_900, '0', 'z').mapToObj(Character::toString)
				.collect(Collectors.joining())).limit(40).toList());
	}

}
