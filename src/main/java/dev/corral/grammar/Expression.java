package dev.corral.grammar;

import java.util.List;

/** A part of a grammar: what the notations are read into and what automata are made of. */
sealed interface Expression {

	/** As large as a number of repetitions can be written; beyond every limit. */
	int UNBOUNDED = Integer.MAX_VALUE;

	Expression NOTHING = new Sequence(List.of());

	/** These characters, one after the other. */
	record Text(String text) implements Expression {
	}

	/** One character of a set. */
	record Characters(CodePointSet set) implements Expression {
	}

	record Sequence(List<Expression> parts) implements Expression {
	}

	/** One of several; without any, it matches nothing at all. */
	record Choice(List<Expression> options) implements Expression {
	}

	/** One of several texts that share their beginnings, so a long list stays cheap. */
	record Words(List<String> words) implements Expression {
	}

	/** @param max {@link #UNBOUNDED} for no limit */
	record Repeat(Expression body, int min, int max) implements Expression {
	}

	/** What the rule of this number derives. */
	record Call(int rule) implements Expression {
	}

	/** Nothing, but only at the beginning or the end of the whole text. Only patterns have these. */
	record Anchor(boolean start) implements Expression {
	}

	static Expression text(String text) {
		return new Text(text);
	}

	static Expression sequence(Expression... parts) {
		return new Sequence(List.of(parts));
	}

	static Expression optional(Expression body) {
		return new Repeat(body, 0, 1);
	}

	static Expression anyNumberOf(Expression body) {
		return new Repeat(body, 0, UNBOUNDED);
	}

}
