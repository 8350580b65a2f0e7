package dev.corral.grammar;

import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.corral.inference.InvalidParameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RegexTests {

	private static final int PATTERNS = 600;

	/** The JDK follows loops by recursion, and overflows its stack on long texts. */
	private static final int LONGEST_FOR_JDK = 300;

	/** Characters of one to four bytes; those that patterns are made of among them. */
	private static final List<String> ALPHABET = List.of("a", "b", "c", "0", "_", "-", " ", "é", "日", "😀", "\n", "x");

	private static final List<String> ATOMS = List.of("a", "b", "[a-c]", "[^a]", "[^a-zé]", ".", "\\d", "\\D", "\\w",
			"\\W", "é", "日",
			"😀", "[日-語]", "\\n", "\\x61", "\\u00e9", "[\\d_-]", "(?:)", "\\.", "[^\\W\\d]");

	private static final List<String> QUANTIFIERS = List.of("*", "+", "?", "{2}", "{1,}", "{0,3}", "*?", "+?",
			"{2,3}?");

	@Test
	void agreesWithTheJdkOnRandomPatterns() {
		var random = new SplittableRandom(20261123);
		int judged = 0;
		for (int i = 0; i < PATTERNS; i++) {
			var pattern = pattern(random, 3);
			// The JDK's dot leaves out more ends of lines than ECMAScript's, unless it is told to leave out one.
			var judge = Pattern.compile(pattern, Pattern.UNIX_LINES);
			Grammar grammar;
			try {
				grammar = Texts.regex(pattern);
			} catch (InvalidParameter empty) {
				assertThat(empty).hasMessageEndingWith("no text matches it.");
				continue;
			}
			for (int text = 0; text < 10; text++) {
				var own = Texts.random(grammar, random);
				if (own != null && own.length() < LONGEST_FOR_JDK) {
					judged++;
					assertThat(own).matches(judge.asMatchPredicate(), pattern);
				}
				var other = text(random);
				assertThat(Texts.accepts(grammar, other)).as("%s on '%s'", pattern, other)
						.isEqualTo(judge.matcher(other).matches());
			}
		}

		assertThat(judged).isGreaterThan(5 * PATTERNS);
	}

	@Test
	void agreesWithTheJdkOnWhereStringsContainPatterns() {
		var random = new SplittableRandom(11);
		for (int i = 0; i < 200; i++) {
			var pattern = (random.nextBoolean() ? "^" : "") + pattern(random, 2);
			var budget = new Budget(GrammarLimits.DEFAULTS);
			var place = new Place("regex", "");
			var dfa = DfaBuilder.containing(RegexParser.parse(pattern, budget, place), budget, place);
			for (int text = 0; text < 20; text++) {
				var other = text(random);
				assertThat(dfa.accepts(other)).as("%s on '%s'", pattern, other)
						.isEqualTo(Pattern.compile(pattern).matcher(other).find());
			}
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
		a{2}b{1,}c{0,1}   ¦ aabbc ¦ true
		^abc$             ¦ abc ¦ true
		(^a|b)$           ¦ b ¦ true
		x(^a)?            ¦ x ¦ true
		x(^a)?            ¦ xa ¦ false
		^(?:a|b$)*$       ¦ aab ¦ true
		(?<year>\\d{4})    ¦ 2026 ¦ true
		a*?b+?            ¦ aabb ¦ true
		{a}]              ¦ {a}] ¦ true
		a{,2}             ¦ a{,2} ¦ true
		[\\]\\\\-]+          ¦ ]-\\ ¦ true
		[^]               ¦ 😀 ¦ true
		\\u{1F600}\\uD83D\\uDE00 ¦ 😀😀 ¦ true
		\\cA\\0\\v\\f         ¦ `\u0001\u0000\u000b\f` ¦ true
		[\\b]              ¦ `\b` ¦ true
		\\s\\S              ¦ `\ufeffa` ¦ true
		.                 ¦ `\u2028` ¦ false
		a|                ¦ a ¦ true
		""")
	void readsTheSyntaxOfEcmaScript(String pattern, String text, boolean matches) {
		assertThat(Texts.accepts(Texts.regex(pattern), text)).isEqualTo(matches);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
		(                 ¦ at offset 0: this group is not closed
		ab)               ¦ at offset 2: this parenthesis closes nothing
		é[a               ¦ at offset 1: this class is not closed
		[b-a]             ¦ at offset 1: this range of a class is not from a lower to a higher character
		[\\d-z]            ¦ at offset 1: this range of a class is not from a lower to a higher character
		*a                ¦ at offset 0: there is nothing to repeat
		a**               ¦ at offset 2: there is nothing to repeat
		a++               ¦ at offset 2: there is nothing to repeat
		^*                ¦ at offset 0: an anchor cannot be repeated
		a{3,2}            ¦ at offset 1: the lower count 3 is above the upper count 2
		(?!a)             ¦ at offset 0: look-around is not supported
		(?<=a)            ¦ at offset 0: look-around is not supported
		(?i)a             ¦ at offset 2: only the groups (...), (?:...) and (?<name>...) are supported
		(?<a               ¦ at offset 4: the name of this group is malformed
		(a)\\1             ¦ at offset 3: back-references are not supported
		\\k<a>             ¦ at offset 0: back-references are not supported
		\\bword            ¦ at offset 0: word boundaries are not supported
		\\p{L}             ¦ at offset 0: Unicode properties are not supported
		\\q                ¦ at offset 0: this escape is unknown
		\\xg1              ¦ at offset 2: 2 hexadecimal digits are expected
		\\uD800            ¦ at offset 0: this is no character that can be written in UTF-8
		a\\                ¦ at offset 2: it ends too early
		a$b               ¦ : no text matches it
		[]                ¦ : no text matches it
		a{1000000}        ¦ : it needs more than 300000 states
		(a{1000}){1000}   ¦ : it needs more than 300000 states
		(a|b)*a(a|b){20}  ¦ : it needs more than 20000 states
		((a?){5000}){5}   ¦ : it is too complex: compiling it takes more than 10000000 steps
		""")
	void refusesWithThePlace(String pattern, String problem) {
		assertRefused(pattern, problem);
	}

	@Test
	void boundsNestingAndLength() {
		assertRefused("(".repeat(100) + ")".repeat(100), ": it nests deeper than 64 levels");
		assertRefused("a".repeat(200_001), ": it may have 200000 characters, but has 200001");
	}

	private static void assertRefused(String pattern, String problem) {
		assertThatExceptionOfType(InvalidParameter.class).isThrownBy(() -> Texts.regex(pattern))
				.withMessage("'regex' is refused%s%s.".formatted(problem.startsWith(":") ? "" : " ", problem))
				.satisfies(refusal -> assertThat(refusal.parameter()).isEqualTo("regex"));
	}

	private static String pattern(SplittableRandom random, int depth) {
		return switch (random.nextInt(depth > 0 ? 6 : 2)) {
			case 0, 1 -> ATOMS.get(random.nextInt(ATOMS.size()));
			case 2 -> pattern(random, depth - 1) + pattern(random, depth - 1);
			case 3 -> "(?:" + pattern(random, depth - 1) + "|" + pattern(random, depth - 1) + ")";
			case 4 -> "(" + pattern(random, depth - 1) + ")" + QUANTIFIERS.get(random.nextInt(QUANTIFIERS.size()));
			default -> pattern(random, depth - 1) + pattern(random, depth - 1) + pattern(random, depth - 1);
		};
	}

	private static String text(SplittableRandom random) {
		var text = new StringBuilder();
		for (int length = random.nextInt(6); length > 0; length--) {
			text.append(ALPHABET.get(random.nextInt(ALPHABET.size())));
		}
		return text.toString();
	}

}
