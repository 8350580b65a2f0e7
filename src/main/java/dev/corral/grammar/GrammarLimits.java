package dev.corral.grammar;

/**
 * How much a constraint may ask for. All of them count work and not time, so the same constraint is always taken or always
 * refused; the defaults keep the worst compilation well below a second and a few tens of megabytes.
 *
 * @param characters longest constraint, in UTF-16 units of its text
 * @param depth deepest nesting of groups in a grammar or pattern, or of values in a schema
 * @param rules most rules of a grammar, or subschemas of a schema
 * @param states most states of the compiled automaton
 * @param patternStates most states that one pattern may need once it is deterministic
 * @param work most elementary steps in making patterns deterministic and schemas flat
 */
public record GrammarLimits(int characters, int depth, int rules, int states, int patternStates, int work) {

	public static final GrammarLimits DEFAULTS = new GrammarLimits(200_000, 64, 10_000, 300_000, 20_000, 10_000_000);

	public GrammarLimits {
		if (Math.min(Math.min(characters, depth), Math.min(rules, states)) < 1 || Math.min(patternStates, work) < 1) {
			throw new IllegalArgumentException("Limits of grammars must be 1 or more");
		}
	}

}
