package dev.corral.grammar;

/** How a character becomes symbols of an automaton. */
@FunctionalInterface
interface Encoding {

	/** A symbol is a code point. */
	Encoding CODE_POINTS = (nfa, from, characters, to) -> {
		for (int i = 0; i < characters.ranges(); i++) {
			nfa.symbols(from, characters.low(i), characters.high(i), to);
		}
	};

	/** Adds the ways between two nodes that read one character of the set. */
	void write(Nfa nfa, int from, CodePointSet characters, int to);

}
