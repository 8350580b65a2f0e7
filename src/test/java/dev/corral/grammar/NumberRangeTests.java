package dev.corral.grammar;

import java.math.BigDecimal;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class NumberRangeTests {

	private static final Place PLACE = new Place("json_schema", "");

	@ParameterizedTest
	@ValueSource(booleans = {true, false})
	void holdsExactlyTheNumbersBetweenItsBounds(boolean integer) {
		var random = new SplittableRandom(3);
		for (int i = 0; i < 200; i++) {
			var bounds = NumberBounds.NONE;
			bounds = random.nextInt(4) > 0 ? bounds.atLeast(number(random), random.nextBoolean()) : bounds;
			bounds = random.nextInt(4) > 0 ? bounds.atMost(number(random), random.nextBoolean()) : bounds;
			var range = NumberRange.of(bounds, integer, new Budget(GrammarLimits.DEFAULTS), PLACE);
			for (int j = 0; j < 100; j++) {
				var number = number(random);
				var text = random.nextBoolean() ? number.toPlainString() : number.stripTrailingZeros().toPlainString();
				boolean writable = !text.equals("-0") && !(number.signum() == 0 && text.startsWith("-"))
						&& (!integer || text.indexOf('.') < 0);

				assertThat(accepts(range, text)).as("%s in %s", text, bounds)
						.isEqualTo(writable && bounds.contains(number));
			}
		}
	}

	@Test
	void tellsBoundsThatAreFarFromZeroApart() {
		var bounds = NumberBounds.NONE.atLeast(new BigDecimal("123456789012345678901234567890"), false)
				.atMost(new BigDecimal("123456789012345678901234567891"), true);
		var range = NumberRange.of(bounds, true, new Budget(GrammarLimits.DEFAULTS), PLACE);

		assertThat(accepts(range, "123456789012345678901234567890")).isTrue();
		assertThat(accepts(range, "123456789012345678901234567891")).isFalse();
		assertThat(range.negative().isEmpty()).isTrue();
	}

	private static boolean accepts(NumberRange range, String text) {
		return text.startsWith("-") ? range.negative().accepts(text.substring(1)) : range.positive().accepts(text);
	}

	/** Small numbers of few digits, so that bounds are often hit. */
	private static BigDecimal number(SplittableRandom random) {
		int scale = random.nextInt(3);
		return BigDecimal.valueOf(random.nextInt(-1200, 1200), scale);
	}

}
