package dev.corral.contextwindow;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.corral.inference.PromptSegment;
import dev.corral.inference.Tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

@ParameterizedClass
@ValueSource(booleans = {false, true})
class MiddleTruncationTests {

	private static final Logger log = LoggerFactory.getLogger(MiddleTruncationTests.class);

	private static final Pattern MARKER = Pattern.compile("(?s)(.*) \\[… (\\d+) tokens left out …] (.*)");

	private final WholeBytes tokenizer;

	MiddleTruncationTests(boolean spaceInFront) {
		tokenizer = new WholeBytes(spaceInFront);
	}

	@Test
	void leavesATextAsItIsThatFits() {
		var text = "x".repeat(299);

		assertThat(MiddleTruncation.shorten(text, 100, tokenizer))
				.isEqualTo(new MiddleTruncation.Shortened(text, 0));
	}

	@Test
	void keepsBeginningAndEnd() {
		var text = "The question is first. " + "noise ".repeat(1000) + "And here it is again?";

		var shortened = MiddleTruncation.shorten(text, 60, tokenizer);

		assertThat(shortened.text()).startsWith("The question is first. ").endsWith("And here it is again?")
				.contains(" [… " + shortened.leftOutTokens() + " tokens left out …] ");
		assertThat(count(shortened.text())).isBetween(57, 60);
	}

	@Test
	void cutsBetweenTokens() {
		var shortened = MiddleTruncation.shorten("abcdefghi".repeat(100), 40, tokenizer);

		var parts = MARKER.matcher(shortened.text());
		assertThat(parts.matches()).isTrue();
		assertThat(parts.group(1).length() % 3).isEqualTo(tokenizer.spaceInFront() ? 2 : 0);
		assertThat((900 - parts.group(3).length()) % 3).isEqualTo(tokenizer.spaceInFront() ? 2 : 0);
	}

	@Test
	void neverCutsACharacterAndNeverExceedsItsBudget() {
		long seed = Long.getLong("corral.test.seed", System.nanoTime());
		log.info("Seed {}; repeat with -Dcorral.test.seed={}", seed, seed);
		var random = new Random(seed);
		for (int i = 0; i < 3_000; i++) {
			var text = randomText(random, 20 + random.nextInt(600));
			int most = 15 + random.nextInt(300);

			var shortened = MiddleTruncation.shorten(text, most, tokenizer);

			assertThat(count(shortened.text())).as("seed %d, text %d", seed, i).isLessThanOrEqualTo(most);
			assertThat(shortened.text().getBytes(StandardCharsets.UTF_8)).asString(StandardCharsets.UTF_8)
					.doesNotContain("\uFFFD");
			if (shortened.leftOutTokens() > 0) {
				var parts = MARKER.matcher(shortened.text());
				assertThat(parts.matches()).isTrue();
				assertThat(text).startsWith(parts.group(1)).endsWith(parts.group(3));
				assertThat(parts.group(2)).isEqualTo(String.valueOf(shortened.leftOutTokens()));
			}
		}
	}

	@Test
	void findsItsWayWhereTokensDoNotTellTheirPlace() {
		var text = "1".repeat(300) + "x".repeat(30_000) + "1".repeat(300);
		var unequal = new UnequalTokens();

		var shortened = MiddleTruncation.shorten(text, 200, unequal);

		assertThat(unequal.tokenize(List.of(PromptSegment.typed(shortened.text())), false)).hasSizeBetween(100, 200);
		assertThat(shortened.text()).startsWith("1111").endsWith("1111");
	}

	@Test
	void leavesTheMarkerWhereThereIsRoomForNothing() {
		assertThat(MiddleTruncation.shorten("x".repeat(900), 3, tokenizer).text())
				.matches(" \\[… 30[01] tokens left out …] ");
	}

	/** A token for each digit and for each ten other characters, which do not tell what they stand for. */
	private static final class UnequalTokens implements Tokenizer {

		@Override
		public List<Integer> tokenize(List<PromptSegment> segments, boolean bos) {
			var text = segments.getFirst().text();
			int digits = (int) text.chars().filter(Character::isDigit).count();
			return Collections.nCopies(digits + (text.length() - digits) / 10, 7);
		}

		@Override
		public String detokenize(List<Integer> tokens) {
			return "";
		}

		@Override
		public byte[] piece(int token) {
			return new byte[0];
		}

	}

	private int count(String text) {
		return tokenizer.tokenize(List.of(PromptSegment.typed(text)), false).size();
	}

	private static String randomText(Random random, int characters) {
		var text = new StringBuilder();
		for (int i = 0; i < characters; i++) {
			text.appendCodePoint(switch (random.nextInt(4)) {
				case 0 -> 0x4e00 + random.nextInt(1000);
				case 1 -> 0x1f600 + random.nextInt(50);
				case 2 -> 0xe0 + random.nextInt(20);
				default -> 'a' + random.nextInt(26);
			});
		}
		return text.toString();
	}

}
