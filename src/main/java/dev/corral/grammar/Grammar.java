package dev.corral.grammar;

import java.util.Map;
import java.util.WeakHashMap;

import dev.corral.inference.InvalidParameter;
import dev.corral.inference.OutputConstraint;

/**
 * A compiled constraint. Immutable to its users and safe for any thread; what matchers find out about it is kept for the next
 * ones, so it pays to compile a constraint once.
 */
public final class Grammar {

	private final StateSpace space;

	private final Map<GrammarVocabulary, TokenMasks> masks = new WeakHashMap<>();

	private Grammar(Automaton automaton) {
		this.space = new StateSpace(automaton);
	}

	/**
	 * Compiles a constraint; CPU-bound, mostly milliseconds.
	 *
	 * @throws InvalidParameter if it is malformed, contradicts itself, asks for what is not supported or exceeds the limits; the
	 * parameter is the kind of constraint ({@code json_schema}, {@code regex}, {@code choice} or {@code grammar}), and the message
	 * names the place: a JSON pointer, an offset, or line and column
	 */
	public static Grammar compile(OutputConstraint constraint, GrammarLimits limits) {
		return new Grammar(switch (constraint) {
			case OutputConstraint.JsonObject _ -> JsonSyntax.anyObject(limits);
			case OutputConstraint.JsonSchema schema -> SchemaCompiler.compile(schema.schema(), limits);
			case OutputConstraint.Regex regex -> TextConstraints.regex(regex.pattern(), limits);
			case OutputConstraint.Choice choice -> TextConstraints.choice(choice.choices(), limits);
			case OutputConstraint.Grammar grammar -> GbnfParser.compile(grammar.gbnf(), limits);
		});
	}

	StateSpace space() {
		return space;
	}

	TokenMasks masks(GrammarVocabulary vocabulary) {
		synchronized (masks) {
			return masks.computeIfAbsent(vocabulary, _ -> new TokenMasks(space));
		}
	}

}
