package dev.corral.grammar;

import java.util.ArrayList;
import java.util.List;

import dev.corral.inference.InvalidParameter;
import dev.corral.inference.OutputConstraint;
import dev.corral.inference.OutputConstraint.Call;
import dev.corral.inference.OutputConstraint.Freedom;
import dev.corral.inference.OutputConstraint.Opening;
import dev.corral.inference.OutputConstraint.ToolCalls;

/** Compiles the constraint on replies that may call tools. All tools' schemas share the limits of one constraint. */
final class ToolCallConstraint {

	private static final Place PLACE = new Place("tools", "");

	private static final String SCHEMA = "json_schema";

	private final ToolCalls tools;

	private final Nfa nfa;

	private final JsonSyntax syntax;

	private final Budget budget;

	private ToolCallConstraint(ToolCalls tools, GrammarLimits limits) {
		this.tools = tools;
		nfa = new Nfa(PLACE, limits);
		syntax = new JsonSyntax(nfa, new ExpressionWriter(nfa, Utf8.ENCODING), PLACE);
		budget = new Budget(limits);
	}

	/** @throws InvalidParameter if a schema that must be honoured cannot be, or all together are too complex */
	static Automaton compile(ToolCalls tools, GrammarLimits limits) {
		return new ToolCallConstraint(tools, limits).compile();
	}

	private Automaton compile() {
		// The schemas' rules come first, for the first rule that has a flaw is the one named.
		var definition = calls();
		int calls = nfa.rule(PLACE);
		syntax.define(calls, definition);
		int root = nfa.rule(PLACE);
		int from = nfa.rules().get(root).entry();
		int to = nfa.rules().get(root).exit();
		int call = from;
		var otherwise = tools.otherwise();
		if (otherwise != null) {
			nfa.call(from, otherwise(otherwise), to);
		} else if (tools.freedom() != Freedom.CALLS_ONLY) {
			int textEnd = nfa.node();
			text().write(nfa, from, Utf8.ENCODING, textEnd);
			nfa.epsilon(textEnd, to);
			call = tools.freedom() == Freedom.CALLS_AFTER_TEXT ? textEnd : from;
		}
		nfa.call(call, calls, to);
		return new Automaton(nfa, root);
	}

	private Expression calls() {
		var call = call();
		var openings = tools.freedom() == Freedom.CALLS_ONLY ? tools.openings().subList(0, 1) : tools.openings();
		var opening = new Expression.Words(openings.stream().map(Opening::text).toList());
		var further = Expression.sequence(Expression.text(tools.separator()), call);
		return Expression.sequence(opening, call, new Expression.Repeat(further, 0, tools.mostCalls() - 1),
				Expression.text(tools.closing()));
	}

	/** One call, as a rule so that repeating it costs little. */
	private Expression call() {
		var ways = new ArrayList<Expression>();
		for (var call : tools.calls()) {
			ways.add(Expression.sequence(Expression.text(call.before()), arguments(call),
					Expression.text(call.after())));
		}
		int rule = nfa.rule(PLACE);
		syntax.define(rule, new Expression.Choice(ways));
		return new Expression.Call(rule);
	}

	private Expression arguments(Call call) {
		if (!call.strict() && !canBeHonoured(call)) {
			return syntax.object();
		}
		return SchemaCompiler.value(call.parameter(), call.schema(), nfa, syntax, budget);
	}

	/** Tried apart from the others, for what is refused half-way would leave its pieces behind. */
	private boolean canBeHonoured(Call call) {
		try {
			SchemaCompiler.compile(call.schema(), budget.limits());
			return true;
		} catch (InvalidParameter refused) {
			return false;
		}
	}

	/** A rule of its own for what is said in place of calls. */
	private int otherwise(OutputConstraint constraint) {
		return switch (constraint) {
			case OutputConstraint.JsonObject _ -> json(new Place("json_object", ""), syntax.object());
			case OutputConstraint.JsonSchema(String schema) -> json(new Place(SCHEMA, "#"),
					SchemaCompiler.value(SCHEMA, schema, nfa, syntax, budget));
			case OutputConstraint.Regex(String pattern) -> TextConstraints.regex(pattern, nfa, budget);
			case OutputConstraint.Choice(List<String> choices) -> TextConstraints.choice(choices, nfa, budget);
			case OutputConstraint.Grammar(String gbnf) -> GbnfParser.rule(gbnf, nfa, budget);
			case ToolCalls _ -> throw new IllegalArgumentException("Calls cannot stand in for calls.");
		};
	}

	private int json(Place place, Expression value) {
		int rule = nfa.rule(place);
		syntax.define(rule, Expression.sequence(syntax.space(), value));
		return rule;
	}

	/** The plain texts, told from calls by the markers. */
	private Dfa text() {
		List<String> markers = tools.openings().stream().map(Opening::marker).toList();
		var marker = new Expression.Words(markers);
		var called = tools.freedom() == Freedom.CALLS_AFTER_TEXT
				? DfaBuilder.containing(marker, budget, PLACE)
				: DfaBuilder.matching(Expression.sequence(marker,
						Expression.anyNumberOf(new Expression.Characters(CodePointSet.ALL))), budget, PLACE);
		return called.complement();
	}

}
