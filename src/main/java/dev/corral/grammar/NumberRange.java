package dev.corral.grammar;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

/**
 * The decimal spellings of the numbers between two bounds, exactly, without exponents and without a negative zero.
 *
 * @param negative what follows the sign of the negative ones
 * @param positive the others
 */
record NumberRange(Dfa negative, Dfa positive) {

	static NumberRange of(NumberBounds given, boolean integer, Budget budget, Place place) {
		var bounds = integer ? given.ofIntegers() : given;
		// Mirrored: what lies between the bounds below zero has a magnitude between these.
		var mirrored = new NumberBounds(negated(bounds.upper()), bounds.upperOpen(), negated(bounds.lower()),
				bounds.lowerOpen()).atLeast(BigDecimal.ZERO, true);
		return new NumberRange(magnitudes(mirrored, integer, budget, place),
				magnitudes(bounds.atLeast(BigDecimal.ZERO, false), integer, budget, place));
	}

	private static @Nullable BigDecimal negated(@Nullable BigDecimal bound) {
		return bound == null ? null : bound.negate();
	}

	private static Dfa magnitudes(NumberBounds bounds, boolean integer, Budget budget, Place place) {
		if (bounds.isEmpty()) {
			return Dfa.EMPTY;
		}
		var language = dfa(MagnitudePattern.any(bounds, integer), budget, place);
		if (bounds.lower() != null) {
			language = language.intersect(
					dfa(new MagnitudePattern(bounds.lower(), integer).atLeast(bounds.lowerOpen()), budget, place),
					budget, place);
		}
		if (bounds.upper() != null) {
			language = language.intersect(
					dfa(new MagnitudePattern(bounds.upper(), integer).atMost(bounds.upperOpen()), budget, place),
					budget,
					place);
		}
		return language;
	}

	private static Dfa dfa(String pattern, Budget budget, Place place) {
		return DfaBuilder.matching(RegexParser.parse(pattern, budget, place), budget, place);
	}

	boolean isEmpty() {
		return negative.isEmpty() && positive.isEmpty();
	}

	void write(Nfa nfa, int from, int to) {
		positive.write(nfa, from, Utf8.ENCODING, to);
		if (!negative.isEmpty()) {
			int signed = nfa.node();
			nfa.symbols(from, '-', '-', signed);
			negative.write(nfa, signed, Utf8.ENCODING, to);
		}
	}

}
