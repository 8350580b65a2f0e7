package dev.corral.llamacpp;

/**
 * The exponential function for sampling: a few times faster than {@link Math#exp}, whose last bits differ between processors. This
 * one gives the same result everywhere, so a seed does too.
 *
 * <p>The argument is split into a multiple of ln 2 and a rest (Cody and Waite, "Software Manual for the Elementary Functions", 1980); the
 * exponential of the rest is the beginning of its Taylor series. The relative error is below 1e-8.
 */
final class Exponential {

	private static final double LOG2_E = 1.4426950408889634;

	/** ln 2 in two parts; the first has so few digits that its multiples are exact. */
	private static final double LN2_HIGH = 0x1.62e42feep-1;

	private static final double LN2_LOW = 0x1.a39ef35793c76p-33;

	/** Adding this leaves no place for a fraction: the sum's lowest bits are the nearest whole number. */
	private static final double ROUNDER = 0x1.8p52;

	private Exponential() {
	}

	/**
	 * @param x at most 0
	 * @return at most 1; 0 below -700
	 */
	static double exp(double x) {
		if (!(x >= -700)) {
			return 0;
		}
		double shifted = x * LOG2_E + ROUNDER;
		double multiple = shifted - ROUNDER;
		double r = (x - multiple * LN2_HIGH) - multiple * LN2_LOW;
		double square = r * r;
		double low = (1 + r) + square * (1 / 2.0 + r * (1 / 6.0));
		double high = (1 / 24.0 + r * (1 / 120.0)) + square * (1 / 720.0 + r * (1 / 5040.0));
		double power = Double.longBitsToDouble((Double.doubleToRawLongBits(shifted) + 1023) << 52);
		return (low + square * square * high) * power;
	}

}
