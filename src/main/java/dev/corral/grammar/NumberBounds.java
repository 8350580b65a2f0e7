package dev.corral.grammar;

import java.math.BigDecimal;
import java.math.RoundingMode;

import org.jspecify.annotations.Nullable;

/**
 * Between which values a number must lie.
 *
 * @param lower {@code null} for no bound
 * @param lowerOpen whether the lower bound itself is outside
 * @param upper {@code null} for no bound
 * @param upperOpen whether the upper bound itself is outside
 */
record NumberBounds(@Nullable BigDecimal lower, boolean lowerOpen, @Nullable BigDecimal upper, boolean upperOpen) {

	static final NumberBounds NONE = new NumberBounds(null, false, null, false);

	NumberBounds atLeast(@Nullable BigDecimal bound, boolean open) {
		if (bound == null) {
			return this;
		}
		int order = lower == null ? 1 : bound.compareTo(lower);
		return order > 0 || (order == 0 && open) ? new NumberBounds(bound, open, upper, upperOpen) : this;
	}

	NumberBounds atMost(@Nullable BigDecimal bound, boolean open) {
		if (bound == null) {
			return this;
		}
		int order = upper == null ? -1 : bound.compareTo(upper);
		return order < 0 || (order == 0 && open) ? new NumberBounds(lower, lowerOpen, bound, open) : this;
	}

	boolean isEmpty() {
		if (lower == null || upper == null) {
			return false;
		}
		int order = lower.compareTo(upper);
		return order > 0 || (order == 0 && (lowerOpen || upperOpen));
	}

	boolean contains(BigDecimal value) {
		return !atLeast(value, false).atMost(value, false).isEmpty() && (lower == null || value.compareTo(lower) >= 0)
				&& (upper == null || value.compareTo(upper) <= 0);
	}

	NumberBounds and(NumberBounds other) {
		return atLeast(other.lower, other.lowerOpen).atMost(other.upper, other.upperOpen);
	}

	/** The bounds of the integers within, which are not open. */
	NumberBounds ofIntegers() {
		return new NumberBounds(lower == null ? null : firstInteger(lower, lowerOpen), false,
				upper == null ? null : firstInteger(upper.negate(), upperOpen).negate(), false);
	}

	private static BigDecimal firstInteger(BigDecimal bound, boolean open) {
		var integer = bound.setScale(0, RoundingMode.CEILING);
		return open && integer.compareTo(bound) == 0 ? integer.add(BigDecimal.ONE) : integer;
	}

}
