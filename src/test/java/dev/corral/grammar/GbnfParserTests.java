package dev.corral.grammar;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.corral.inference.InvalidParameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class GbnfParserTests {

	@ParameterizedTest
	@CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
		root ::= "a" b | "c"\\nb ::= [0-9]+ # digits¦ a12 ¦ true
		root ::= "a" b | "c"\\nb ::= [0-9]+          ¦ c   ¦ true
		root ::= "a" b | "c"\\nb ::= [0-9]+          ¦ a   ¦ false
		root ::= "a" |\\n  "b"                       ¦ b   ¦ true
		root ::= (\\n "a"\\n | "b"\\n)+               ¦ abb ¦ true
		root ::= "ab"*                              ¦ abab ¦ true
		root ::= "ab"*                              ¦ abb ¦ false
		root ::= "a"{2}                             ¦ aa  ¦ true
		root ::= "a"{2,}                            ¦ aaaaa ¦ true
		root ::= "a"{2,3}                           ¦ aaaa ¦ false
		root ::= "a" "b"? "c"                       ¦ ac  ¦ true
		root ::= [^a-c\\]x]                          ¦ d   ¦ true
		root ::= [^a-c\\]x]                          ¦ ]   ¦ false
		root ::= [a-]+                              ¦ -a- ¦ true
		root ::= "\\x41\\u00e9\\U0001F600\\"\\\\"        ¦ Aé😀"\\ ¦ true
		root ::= .                                  ¦ 😀  ¦ true
		root ::= "(" root ")" | "x"                 ¦ (((x))) ¦ true
		root ::= "(" root ")" | "x"                 ¦ ((x) ¦ false
		root ::= item ("," root)?\\nitem ::= [a-z]   ¦ a,b,c ¦ true
		root ::= e e "x"\\ne ::= "e"?                ¦ ex  ¦ true
		root ::= ("a"* "b"*)*                       ¦ abba ¦ true
		root ::= a a\\na ::= b? "c"\\nb ::= b-2\\nb-2 ::= "d" ¦ cdc ¦ true
		# first\\n\\nroot ::= "a" # last                ¦ a   ¦ true
		""")
	void readsTheNotationOfLlamaCpp(String grammar, String text, boolean accepted) {
		assertThat(Texts.accepts(Texts.gbnf(lines(grammar)), text)).isEqualTo(accepted);
	}

	@Test
	void keepsApartWaysToReadTheSameText() {
		// Palindromes: only the last character tells where the middle was.
		var grammar = Texts.gbnf("root ::= \"a\" root \"a\" | \"b\" root \"b\" | [ab]?");

		assertThat(Texts.accepts(grammar, "abba")).isTrue();
		assertThat(Texts.accepts(grammar, "ab".repeat(50) + "a")).isTrue();
		assertThat(Texts.accepts(grammar, "ab".repeat(50))).isFalse();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
		expr ::= "a"                    ¦ : it has no rule named root
		root ::= a                      ¦ at rule a (line 1, column 10): the rule is not defined
		root ::= "a"\\nroot ::= "b"      ¦ at line 2, column 1: the rule root is defined twice
		root = "a"                      ¦ at line 1, column 6: ::= is expected after the name of a rule
		root ::= "a                     ¦ at line 1, column 10: this literal is not closed
		root ::= ("a"                   ¦ at line 1, column 10: this group is not closed
		root ::= "a")                   ¦ at line 1, column 13: a rule must end with its line
		root ::= [a                     ¦ at line 1, column 10: this class is not closed
		root ::= []                     ¦ at line 1, column 10: no character is in this class
		root ::= [z-a]                  ¦ at line 1, column 11: this range of a class is not from a lower to a higher character
		root ::= "\\q"                   ¦ at line 1, column 11: this escape is unknown
		root ::= "\\ud800"               ¦ at line 1, column 11: this is no character that can be written in UTF-8
		root ::= * "a"                  ¦ at line 1, column 10: there is nothing to repeat
		root ::= "a"**                  ¦ at line 1, column 14: there is nothing to repeat
		root ::= "a"{3,2}               ¦ at line 1, column 13: the lower count 3 is above the upper count 2
		root ::= "a"{x}                 ¦ at line 1, column 14: a number is expected
		root ::= "a"{2                  ¦ at line 1, column 15: a closing brace is expected
		root ::= <think>                ¦ at line 1, column 10: the name of a rule is expected
		root ::= root "a" | "b"         ¦ at rule root (line 1, column 1): it is left-recursive: it can call itself before it has read anything
		root ::= a\\na ::= "x"? b\\nb ::= a "y" | "z" ¦ at rule a (line 1, column 10): it is left-recursive: it can call itself before it has read anything
		root ::= "x" root               ¦ at rule root (line 1, column 1): it can never be completed, for all its ways need it again or need nothing
		root ::= "x" | a\\na ::= "y" a    ¦ at rule a (line 1, column 16): it can never be completed, for all its ways need it again or need nothing
		root ::= "a"{0,1000000}         ¦ : it needs more than 300000 states
		root ::= ((("a"{1000}){1000}){1000}){1000} ¦ : it needs more than 300000 states
		""")
	void refusesWithThePlace(String grammar, String problem) {
		assertRefused(lines(grammar), problem);
	}

	@Test
	void boundsNestingLengthAndRules() {
		var rules = new StringBuilder("root ::= r0\n");
		for (int i = 0; i < 10_000; i++) {
			rules.append("r%d ::= r%d\n".formatted(i, i + 1));
		}

		assertRefused("root ::= " + "(".repeat(100), "at line 1, column 75: it nests deeper than 64 levels");
		assertRefused("#".repeat(200_001), ": it may have 200000 characters, but has 200001");
		assertRefused(rules.toString(), "at rule r9999 (line 10000, column 11): there are more than 10000 rules");
	}

	@Test
	void refusesWhatIsTooAmbiguousFromTheStart() {
		assertRefused("root ::= " + "[a-z]* ".repeat(20_000), ": it is too ambiguous already at its beginning");
	}

	@Test
	void takesLongChainsOfRules() {
		var rules = new StringBuilder("root ::= r0\n");
		for (int i = 0; i < 9_000; i++) {
			rules.append("r%d ::= r%d\n".formatted(i, i + 1));
		}
		rules.append("r9000 ::= \"x\"");

		assertThat(Texts.accepts(Texts.gbnf(rules.toString()), "x")).isTrue();
	}

	private static void assertRefused(String grammar, String problem) {
		assertThatExceptionOfType(InvalidParameter.class).isThrownBy(() -> Texts.gbnf(grammar))
				.withMessage("'grammar' is refused%s%s.".formatted(problem.startsWith(":") ? "" : " ", problem))
				.satisfies(refusal -> assertThat(refusal.parameter()).isEqualTo("grammar"));
	}

	/** Ends of lines are written as escapes in the tables. */
	private static String lines(String grammar) {
		return grammar.replace("\\n", "\n");
	}

}
