package dev.corral.cli.bench;

import org.HdrHistogram.Histogram;

/** A distribution of times in milliseconds; all 0 if there are none. */
record Summary(long count, double mean, double p50, double p95, double p99, double max) {

	private static final long LONGEST_MICROS = 24L * 3600 * 1_000_000;

	private static final double MICROS_PER_MILLI = 1000;

	/** An empty histogram of microseconds up to a day, exact to three digits. */
	static Histogram histogram() {
		return new Histogram(LONGEST_MICROS, 3);
	}

	static void record(Histogram histogram, double nanos) {
		histogram.recordValue(Math.clamp(Math.round(nanos / 1000), 0, LONGEST_MICROS));
	}

	static Summary of(Histogram histogram) {
		return histogram.getTotalCount() == 0
				? new Summary(0, 0, 0, 0, 0, 0)
				: new Summary(histogram.getTotalCount(), histogram.getMean() / MICROS_PER_MILLI,
						percentile(histogram, 50), percentile(histogram, 95), percentile(histogram, 99),
						percentile(histogram, 100));
	}

	private static double percentile(Histogram histogram, double percentile) {
		return histogram.getValueAtPercentile(percentile) / MICROS_PER_MILLI;
	}

}
