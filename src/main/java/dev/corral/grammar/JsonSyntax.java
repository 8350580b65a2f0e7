package dev.corral.grammar;

import java.util.List;

/**
 * JSON (RFC 8259) as replies may write it. White space is allowed where writers put it, and only so much of it that a model cannot
 * go on with it forever: one space, or one line break with an indent. Numbers have at most {@value #MAX_DIGITS} digits before and
 * after the point, and those with an exponent fit into a double.
 */
final class JsonSyntax {

	static final int MAX_DIGITS = 20;

	private static final int MAX_INDENT = 40;

	private static final int MAX_TABS = 16;

	/** Any character but the escaped ones; all escapes; of surrogates only whole pairs. */
	private static final String CHARACTER = """
		[^"\\\\\\x00-\\x1F]|\\\\(?:["\\\\/bfnrt]|u(?:[0-9ABCEFabcef][0-9A-Fa-f]{3}|[dD][0-7][0-9A-Fa-f]{2}\
		|[dD][89ABab][0-9A-Fa-f]{2}\\\\u[dD][C-Fc-f][0-9A-Fa-f]{2}))""";

	private static final String WHOLE = "-?(?:0|[1-9][0-9]{0,%d})".formatted(MAX_DIGITS - 1);

	private static final String FRACTION = "(?:\\.[0-9]{1,%d})?".formatted(MAX_DIGITS);

	private static final String EXPONENT = "[eE][+-]?(?:[0-9]{1,2}|[12][0-9]{2})";

	private static final Place PLACE = new Place("json_object", "");

	private final Nfa nfa;

	private final ExpressionWriter writer;

	private final Expression space;

	private final Expression character;

	private final Expression string;

	private final Expression integer;

	private final Expression number;

	private final Expression value;

	private final Expression object;

	/** Adds the rules to an automaton. */
	JsonSyntax(Nfa nfa, ExpressionWriter writer, Place place) {
		this.nfa = nfa;
		this.writer = writer;
		var budget = new Budget(GrammarLimits.DEFAULTS);
		space = rule(place, RegexParser.parse("(?: |\\r?\\n(?: {0,%d}|\\t{0,%d}))?".formatted(MAX_INDENT, MAX_TABS),
				budget, place));
		character = rule(place, RegexParser.parse(CHARACTER, budget, place));
		string = rule(place, Expression.sequence(Expression.text("\""), Expression.anyNumberOf(character),
				Expression.text("\"")));
		integer = rule(place, RegexParser.parse(WHOLE, budget, place));
		number = rule(place, RegexParser.parse("%s%s|-?[0-9]%2$s%s".formatted(WHOLE, FRACTION, EXPONENT), budget,
				place));
		int anyValue = nfa.rule(place);
		value = new Expression.Call(anyValue);
		object = rule(place, list("{", Expression.sequence(string, colon(), value), "}"));
		var array = list("[", value, "]");
		define(anyValue, new Expression.Choice(List.of(object, array, string, number, Expression.text("true"),
				Expression.text("false"), Expression.text("null"))));
	}

	/** Compiles the grammar of any one JSON object. */
	static Automaton anyObject(GrammarLimits limits) {
		var nfa = new Nfa(PLACE, limits);
		var syntax = new JsonSyntax(nfa, new ExpressionWriter(nfa, Utf8.ENCODING), PLACE);
		int root = nfa.rule(PLACE);
		syntax.define(root, Expression.sequence(syntax.space, syntax.object));
		return new Automaton(nfa, root);
	}

	private Expression list(String open, Expression item, String close) {
		var items = Expression.sequence(item, Expression.anyNumberOf(Expression.sequence(comma(), item)), space);
		return Expression.sequence(Expression.text(open), space, Expression.optional(items), Expression.text(close));
	}

	private Expression rule(Place place, Expression definition) {
		int rule = nfa.rule(place);
		define(rule, definition);
		return new Expression.Call(rule);
	}

	void define(int rule, Expression definition) {
		writer.write(nfa.rules().get(rule).entry(), definition, nfa.rules().get(rule).exit());
	}

	/** Perhaps white space. */
	Expression space() {
		return space;
	}

	/** Between the name and the value of a member; pretty printers put a space in front. */
	Expression colon() {
		return Expression.sequence(Expression.optional(Expression.text(" ")), Expression.text(":"), space);
	}

	/** Between two members or items. */
	Expression comma() {
		return Expression.sequence(Expression.text(","), space);
	}

	/** One character of a string, however it is written. */
	Expression character() {
		return character;
	}

	Expression string() {
		return string;
	}

	Expression integer() {
		return integer;
	}

	Expression number() {
		return number;
	}

	/** Any object. */
	Expression object() {
		return object;
	}

	/** Any value. */
	Expression value() {
		return value;
	}

}
