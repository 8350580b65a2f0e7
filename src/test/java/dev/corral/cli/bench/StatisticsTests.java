package dev.corral.cli.bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Test;

import dev.corral.cli.bench.Slo.Measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class StatisticsTests {

	private static final Slo SLO = new Slo(Map.of(Measure.TTFT, Duration.ofMillis(100), Measure.ITL,
			Duration.ofMillis(20), Measure.TPOT, Duration.ofMillis(15), Measure.E2E, Duration.ofMillis(500)));

	private final FakeTarget target = new FakeTarget();

	private final Statistics statistics = new Statistics(SLO);

	@Test
	void takesTimesApart() {
		statistics.add(Samples.complete("a", 1000, 1100, 1110, 1130));

		var total = report().total();
		assertSummary(total.timeToFirstToken(), 1, 100);
		assertThat(total.gap().count()).isEqualTo(2);
		assertThat(total.gap().mean()).isCloseTo(15, within(0.02));
		assertThat(total.gap().max()).isCloseTo(20, within(0.02));
		assertThat(total.timePerOutputToken().mean()).isCloseTo(15, within(0.02));
		assertThat(total.endToEnd().mean()).isCloseTo(130, within(0.2));
	}

	@Test
	void countsAsGoodWhatKeepsEveryLimit() {
		statistics.add(Samples.complete("a", 0, 100, 110, 130));
		statistics.add(Samples.complete("late", 0, 101));
		statistics.add(Samples.complete("one long gap", 0, 10, 31, 32, 33));
		statistics.add(Samples.complete("slow", 0, 10, 26));
		statistics.add(Samples.complete("long", 0, 10, 501));
		statistics.add(Samples.failed("a", "http_500", 0, 10));
		statistics.add(Samples.hungUp("a", 0, 10));
		statistics.add(Samples.complete("a", 0, 50, 60));

		var total = report().total();
		assertThat(total.good()).isEqualTo(2);
		assertThat(total.goodShare()).isCloseTo(2 / 7.0, within(1e-9));
		assertThat(report().perSecond(total.good())).isCloseTo(2 / 0.501, within(1e-9));
	}

	@Test
	void keepsFailedRequestsOutOfTheTimes() {
		statistics.add(Samples.failed("a", "http_429", 0));
		statistics.add(Samples.failed("a", "http_429", 0));
		statistics.add(Samples.failed("a", "broken_stream", 0, 500, 900));
		statistics.add(Samples.complete("a", 0, 10, 20));

		var report = report();
		assertThat(report.failures()).containsExactlyInAnyOrderEntriesOf(Map.of("http_429", 2L, "broken_stream", 1L));
		assertThat(report.examples()).containsEntry("http_429", "detail of http_429");
		assertThat(report.total().failed()).isEqualTo(3);
		assertSummary(report.total().timeToFirstToken(), 1, 10);
		assertThat(report.total().completionTokens()).isEqualTo(4);
		assertThat(report.perSecond(report.total().completionTokens())).isCloseTo(4 / 0.9, within(1e-9));
	}

	@Test
	void takesFirstTokensAndGapsOfRequestsThatWereHungUp() {
		statistics.add(Samples.hungUp("a", 0, 10, 20, 30));

		var total = report().total();
		assertThat(total.hungUp()).isOne();
		assertThat(total.complete()).isZero();
		assertThat(total.timeToFirstToken().count()).isOne();
		assertThat(total.gap().count()).isEqualTo(2);
		assertThat(total.endToEnd().count()).isZero();
	}

	@Test
	void reportsGroupsApartAndTogether() {
		statistics.add(Samples.complete("first", 0, 100));
		statistics.add(Samples.complete("later", 0, 10));
		statistics.add(Samples.complete("later", 0, 10));

		var report = report();
		assertThat(report.total().complete()).isEqualTo(3);
		assertThat(report.total().cachedTokens()).isEqualTo(12);
		assertThat(report.groups()).containsOnlyKeys("first", "later");
		assertSummary(Objects.requireNonNull(report.groups().get("later")).timeToFirstToken(), 2, 10);
	}

	@Test
	void findsPercentilesToThreeDigits() {
		for (int i = 1; i <= 1000; i++) {
			statistics.measure("m", i * 1_000_000L);
		}

		var summary = Objects.requireNonNull(report().measures().get("m"));
		assertThat(summary.p50()).isCloseTo(500, within(0.5));
		assertThat(summary.p95()).isCloseTo(950, within(1.0));
		assertThat(summary.p99()).isCloseTo(990, within(1.0));
		assertThat(summary.max()).isCloseTo(1000, within(1.0));
	}

	@Test
	void findsTheLongestGapThatOverlapsASpan() {
		var sample = Samples.complete("a", 0, 10, 110, 120, 150, 400);

		assertThat(sample.longestGapBetween(115_000_000, 140_000_000)).isEqualTo(30_000_000);
		assertThat(sample.longestGapBetween(50_000_000, 60_000_000)).isEqualTo(100_000_000);
		assertThat(sample.longestGapBetween(500_000_000, 600_000_000)).isZero();
	}

	private Report report() {
		return statistics.report(target, FakeTarget.load(WorkloadKind.SINGLE));
	}

	/** So many equal times. */
	private static void assertSummary(Summary actual, long count, double millis) {
		assertThat(actual.count()).isEqualTo(count);
		assertThat(List.of(actual.mean(), actual.p50(), actual.p95(), actual.p99(), actual.max()))
				.allSatisfy(time -> assertThat(time).isCloseTo(millis, within(millis / 1000)));
	}

}
