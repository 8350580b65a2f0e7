package dev.corral.grammar;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Patterns of the decimals that lie on one side of a bound, all without signs. Digits are compared from the first on: a number is
 * smaller than a bound if it has fewer digits before the point, or a smaller one where the two first differ.
 */
final class MagnitudePattern {

	private static final String DIGITS = "[0-9]*";

	private final String whole;

	/** Digits after the point, without zeros at the end. */
	private final String fraction;

	private final String anyFraction;

	/**
	 * @param bound 0 or more
	 * @param integer whether the decimals have no fractions; then the bound has none either
	 */
	MagnitudePattern(BigDecimal bound, boolean integer) {
		whole = bound.toBigInteger().toString();
		fraction = fractionOf(bound);
		anyFraction = integer ? "" : "(?:\\.[0-9]+)?";
	}

	private static String fractionOf(BigDecimal bound) {
		var plain = bound.remainder(BigDecimal.ONE).stripTrailingZeros().toPlainString();
		int point = plain.indexOf('.');
		return point < 0 ? "" : plain.substring(point + 1);
	}

	/** All decimals that JSON allows and that have no more digits than the limit or the bounds. */
	static String any(NumberBounds bounds, boolean integer) {
		int whole = JsonSyntax.MAX_DIGITS;
		int fraction = JsonSyntax.MAX_DIGITS;
		for (var bound : new BigDecimal[]{bounds.lower(), bounds.upper()}) {
			if (bound != null) {
				whole = Math.max(whole, bound.toBigInteger().toString().length());
				fraction = Math.max(fraction, fractionOf(bound).length() + 1);
			}
		}
		return "(?:0|[1-9][0-9]{0,%d})%s".formatted(whole - 1,
				integer ? "" : "(?:\\.[0-9]{1,%d})?".formatted(fraction));
	}

	/** @param open whether the bound itself is outside */
	String atLeast(boolean open) {
		var ways = new ArrayList<String>();
		ways.add("[1-9][0-9]{%d,}%s".formatted(whole.length(), anyFraction));
		for (int i = 0; i < whole.length(); i++) {
			addDigits(ways, whole.substring(0, i), (char) (whole.charAt(i) + 1), '9',
					"[0-9]{%d}%s".formatted(whole.length() - i - 1, anyFraction));
		}
		if (!fraction.isEmpty()) {
			ways.add("%s\\.(?:%s)".formatted(whole, fractionAtLeast(open)));
		} else if (!open) {
			ways.add(whole + anyFraction);
		} else if (!anyFraction.isEmpty()) {
			ways.add(whole + "\\.[0-9]*[1-9][0-9]*");
		}
		return String.join("|", ways);
	}

	private String fractionAtLeast(boolean open) {
		var ways = new ArrayList<String>();
		for (int i = 0; i < fraction.length(); i++) {
			addDigits(ways, fraction.substring(0, i), (char) (fraction.charAt(i) + 1), '9', DIGITS);
		}
		ways.add(fraction + (open ? "[0-9]*[1-9][0-9]*" : DIGITS));
		return String.join("|", ways);
	}

	/** @param open whether the bound itself is outside */
	String atMost(boolean open) {
		var ways = new ArrayList<String>();
		if (whole.length() > 1) {
			ways.add("(?:0|[1-9][0-9]{0,%d})%s".formatted(whole.length() - 2, anyFraction));
		}
		for (int i = 0; i < whole.length(); i++) {
			char least = i == 0 && whole.length() > 1 ? '1' : '0';
			addDigits(ways, whole.substring(0, i), least, (char) (whole.charAt(i) - 1),
					"[0-9]{%d}%s".formatted(whole.length() - i - 1, anyFraction));
		}
		if (!fraction.isEmpty()) {
			ways.add("%s(?:\\.(?:%s))?".formatted(whole, fractionAtMost(open)));
		} else if (!open) {
			ways.add(whole + (anyFraction.isEmpty() ? "" : "(?:\\.0+)?"));
		}
		// A class without members: nothing is below an open bound of zero.
		return ways.isEmpty() ? "[]" : String.join("|", ways);
	}

	private String fractionAtMost(boolean open) {
		var ways = new ArrayList<String>();
		for (int i = 0; i < fraction.length(); i++) {
			addDigits(ways, fraction.substring(0, i), '0', (char) (fraction.charAt(i) - 1), DIGITS);
			if (i > 0) {
				ways.add(fraction.substring(0, i));
			}
		}
		if (!open) {
			ways.add(fraction + "0*");
		}
		return ways.isEmpty() ? "[]" : String.join("|", ways);
	}

	private static void addDigits(List<String> ways, String before, char least, char most, String after) {
		if (least <= most) {
			ways.add("%s[%c-%c]%s".formatted(before, least, most, after));
		}
	}

}
