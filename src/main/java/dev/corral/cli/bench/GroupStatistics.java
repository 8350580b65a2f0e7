package dev.corral.cli.bench;

import org.HdrHistogram.Histogram;

/** Distributions over the requests of one group. Not safe for several threads. */
final class GroupStatistics {

	private final Histogram timeToFirstToken = Summary.histogram();

	private final Histogram gap = Summary.histogram();

	private final Histogram timePerOutputToken = Summary.histogram();

	private final Histogram endToEnd = Summary.histogram();

	private long complete;

	private long failed;

	private long hungUp;

	private long good;

	private long promptTokens;

	private long cachedTokens = Sample.UNKNOWN;

	private long completionTokens;

	/** Failed requests count as such and with the tokens that came; their times would flatter or spoil the distributions. */
	void add(Sample sample, boolean meetsSlo) {
		completionTokens += sample.completionTokens();
		promptTokens += Math.max(0, sample.promptTokens());
		if (sample.cachedTokens() != Sample.UNKNOWN) {
			cachedTokens = Math.max(0, cachedTokens) + sample.cachedTokens();
		}
		if (sample.failure() != null) {
			failed++;
			return;
		}
		if (sample.hasDeltas()) {
			Summary.record(timeToFirstToken, sample.timeToFirstToken());
		}
		sample.gaps().forEach(nanos -> Summary.record(gap, nanos));
		if (sample.hungUp()) {
			hungUp++;
			return;
		}
		complete++;
		good += meetsSlo ? 1 : 0;
		sample.timePerOutputToken().ifPresent(nanos -> Summary.record(timePerOutputToken, nanos));
		Summary.record(endToEnd, sample.endToEnd());
	}

	Report.Group report() {
		return new Report.Group(complete, failed, hungUp, good, promptTokens, cachedTokens, completionTokens,
				Summary.of(timeToFirstToken), Summary.of(gap), Summary.of(timePerOutputToken), Summary.of(endToEnd));
	}

}
