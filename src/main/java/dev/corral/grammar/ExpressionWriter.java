package dev.corral.grammar;

import java.util.ArrayDeque;
import java.util.List;
import java.util.TreeMap;

/**
 * Turns expressions into parts of an automaton (Thompson 1968, Regular Expression Search Algorithm), except that repetition
 * with a limit leaves its chain early by edges to the end, which keeps closures small.
 */
final class ExpressionWriter {

	private final Nfa nfa;

	private final Encoding encoding;

	ExpressionWriter(Nfa nfa, Encoding encoding) {
		this.nfa = nfa;
		this.encoding = encoding;
	}

	/** Adds the ways between two nodes that read what the expression matches. */
	void write(int from, Expression expression, int to) {
		switch (expression) {
			case Expression.Text text -> text(from, text.text(), to);
			case Expression.Characters characters -> encoding.write(nfa, from, characters.set(), to);
			case Expression.Sequence sequence -> sequence(from, sequence.parts(), to);
			case Expression.Choice choice -> choice.options().forEach(option -> write(from, option, to));
			case Expression.Words words -> words(from, words.words(), to);
			case Expression.Repeat repeat -> repeat(from, repeat, to);
			case Expression.Call call -> nfa.call(from, call.rule(), to);
			case Expression.Anchor anchor -> nfa.anchor(from, anchor.start() ? Nfa.AT_START : Nfa.AT_END, to);
		}
	}

	private void text(int from, String text, int to) {
		int node = from;
		for (int i = 0; i < text.length();) {
			int codePoint = text.codePointAt(i);
			i += Character.charCount(codePoint);
			int next = i == text.length() ? to : nfa.node();
			encoding.write(nfa, node, CodePointSet.single(codePoint), next);
			node = next;
		}
		nfa.epsilon(node, to);
	}

	private void sequence(int from, List<Expression> parts, int to) {
		int node = from;
		for (int i = 0; i < parts.size(); i++) {
			int next = i == parts.size() - 1 ? to : nfa.node();
			write(node, parts.get(i), next);
			node = next;
		}
		nfa.epsilon(node, to);
	}

	private void repeat(int from, Expression.Repeat repeat, int to) {
		// A node of its own, since edges that come back to it must not lead to others that begin where this does.
		int node = nfa.node();
		nfa.epsilon(from, node);
		for (int i = 0; i < repeat.min(); i++) {
			node = once(node, repeat.body());
		}
		if (repeat.max() == Expression.UNBOUNDED) {
			int loop = nfa.node();
			nfa.epsilon(node, loop);
			nfa.epsilon(once(loop, repeat.body()), loop);
			nfa.epsilon(loop, to);
			return;
		}
		for (int i = repeat.min(); i < repeat.max(); i++) {
			nfa.epsilon(node, to);
			node = once(node, repeat.body());
		}
		nfa.epsilon(node, to);
	}

	private int once(int from, Expression body) {
		int to = nfa.node();
		write(from, body, to);
		return to;
	}

	/** A tree of prefixes. */
	private void words(int from, List<String> words, int to) {
		var root = new Prefix();
		for (var word : words) {
			var prefix = root;
			for (int i = 0; i < word.length(); i += Character.charCount(word.codePointAt(i))) {
				prefix = prefix.next.computeIfAbsent(word.codePointAt(i), _ -> new Prefix());
			}
			prefix.word = true;
		}
		// Without recursion, for words may be long.
		var open = new ArrayDeque<Prefix>();
		root.node = from;
		open.add(root);
		while (!open.isEmpty()) {
			var prefix = open.remove();
			if (prefix.word) {
				nfa.epsilon(prefix.node, to);
			}
			prefix.next.forEach((codePoint, next) -> {
				next.node = nfa.node();
				encoding.write(nfa, prefix.node, CodePointSet.single(codePoint), next.node);
				open.add(next);
			});
		}
	}

	private static final class Prefix {

		private final TreeMap<Integer, Prefix> next = new TreeMap<>();

		private boolean word;

		private int node;

	}

}
