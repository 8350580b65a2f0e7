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

	private Grammar(Automaton automaton, String parameter) {
		this.space = new StateSpace(automaton);
		try {
			space.start(new Closure(automaton));
		} catch (TooAmbiguous ambiguous) {
			throw new Place(parameter, "").problem("it is too ambiguous already at its beginning");
		}
	}

	/**
	 * Compiles a constraint; CPU-bound, mostly milliseconds.
	 *
	 * @throws InvalidParameter if it is malformed, contradicts itself, asks for what is not supported or exceeds the limits; the
	 * parameter is the kind of constraint ({@code json_schema}, {@code regex}, {@code choice} or {@code grammar}) or what a
	 * {@linkplain OutputConstraint.Call#parameter tool's schema} is called, and the message names the place: a JSON pointer, an offset, or
	 * line and column
	 */
	public static Grammar compile(OutputConstraint constraint, GrammarLimits limits) {
		return switch (constraint) {
			case OutputConstraint.JsonObject _ -> new Grammar(JsonSyntax.anyObject(limits), "json_object");
			case OutputConstraint.JsonSchema schema ->
				new Grammar(SchemaCompiler.compile(schema.schema(), limits), "json_schema");
			case OutputConstraint.Regex regex -> new Grammar(TextConstraints.regex(regex.pattern(), limits), "regex");
			case OutputConstraint.Choice choice ->
				new Grammar(TextConstraints.choice(choice.choices(), limits), "choice");
			case OutputConstraint.Grammar grammar -> new Grammar(GbnfParser.compile(grammar.gbnf(), limits), "grammar");
			case OutputConstraint.ToolCalls tools -> new Grammar(ToolCallConstraint.compile(tools, limits), "tools");
		};
	}

	/**
	 * About how much memory it takes now, in bytes. It grows while replies follow it, to at most 16 MiB above its size when it was compiled
	 * for one vocabulary.
	 */
	public long bytes() {
		synchronized (masks) {
			return space.automaton().bytes() + space.bytes()
					+ masks.values().stream().mapToLong(TokenMasks::bytes).sum();
		}
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
