package dev.corral.grammar;

import java.util.List;

import dev.corral.inference.InvalidParameter;

/** Compiles the constraints on plain text. */
final class TextConstraints {

	private static final Place REGEX = new Place("regex", "");

	private static final Place CHOICE = new Place("choice", "");

	private TextConstraints() {
	}

	/** @throws InvalidParameter if the pattern is malformed, too complex or matches nothing */
	static Automaton regex(String pattern, GrammarLimits limits) {
		var nfa = new Nfa(REGEX, limits);
		return new Automaton(nfa, regex(pattern, nfa, new Budget(limits)));
	}

	/** The same as a rule of an automaton that may have others. */
	static int regex(String pattern, Nfa nfa, Budget budget) {
		var dfa = DfaBuilder.matching(RegexParser.parse(pattern, budget, REGEX), budget, REGEX);
		if (dfa.isEmpty()) {
			throw REGEX.problem("no text matches it");
		}
		int root = nfa.rule(REGEX);
		dfa.write(nfa, nfa.rules().get(root).entry(), Utf8.ENCODING, nfa.rules().get(root).exit());
		return root;
	}

	/** @throws InvalidParameter if there is nothing to choose from, or too much */
	static Automaton choice(List<String> choices, GrammarLimits limits) {
		var nfa = new Nfa(CHOICE, limits);
		return new Automaton(nfa, choice(choices, nfa, new Budget(limits)));
	}

	/** The same as a rule of an automaton that may have others. */
	static int choice(List<String> choices, Nfa nfa, Budget budget) {
		if (choices.isEmpty()) {
			throw CHOICE.problem("there is nothing to choose from");
		}
		budget.checkCharacters(choices.stream().mapToInt(String::length).sum(), CHOICE);
		for (int i = 0; i < choices.size(); i++) {
			checkCharacters(choices.get(i), CHOICE.within("number " + i));
		}
		int root = nfa.rule(CHOICE);
		new ExpressionWriter(nfa, Utf8.ENCODING).write(nfa.rules().get(root).entry(), new Expression.Words(choices),
				nfa.rules().get(root).exit());
		return root;
	}

	/** @throws InvalidParameter if the text cannot be written in UTF-8 */
	static void checkCharacters(String text, Place place) {
		if (text.codePoints().anyMatch(
				codePoint -> codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE)) {
			throw place.problem("half a surrogate pair cannot be written in UTF-8");
		}
	}

}
