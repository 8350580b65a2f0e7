package dev.corral.cli.bench;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes a report for people. */
record TableReport(Report report, PrintWriter out) {

	private static final String ROW = "  %-42s %8d %9.1f %9.1f %9.1f %9.1f %9.1f%n";

	private static final String HEADING = "  %-42s %8s %9s %9s %9s %9s %9s%n";

	void write() {
		var load = report.load();
		print("%n%s on %s, model %s, seed %d%n", load.workload(), report.target(), report.model(), load.seed());
		print("%d users, %d requests each, %s, about %d prompt tokens%s, replies of up to %d tokens%n%n", load.users(),
				load.requests(), load.rate() > 0 ? "%.2f arrivals per second".formatted(load.rate()) : "closed loop",
				load.promptTokens(),
				load.systemTokens() > 0 ? " after %d of the system".formatted(load.systemTokens()) : "",
				load.maxTokens());
		requests();
		table(report.total());
		report.groups().forEach((name, group) -> {
			print("%n%s: %d complete, %d failed, %d hung up%n", name, group.complete(), group.failed(), group.hungUp());
			table(group);
		});
		report.notes().forEach((note, times) -> print("%nNote: %s (%d times)", note, times));
		print("%n");
		out.flush();
	}

	private void requests() {
		var total = report.total();
		print("requests   %d complete, %d failed, %d hung up in %.2f s; %.2f complete per second%n", total.complete(),
				total.failed(), total.hungUp(), report.wallSeconds(), report.perSecond(total.complete()));
		report.failures().forEach((kind, times) -> print("           %d x %s, such as: %s%n", times, kind,
				report.examples().getOrDefault(kind, "")));
		print("tokens     %d of prompts%s, %d of replies; %.1f of replies per second%n", total.promptTokens(),
				total.cachedTokens() == Sample.UNKNOWN
						? ""
						: " (%d cached, %.0f %%)".formatted(total.cachedTokens(),
								100.0 * total.cachedTokens() / Math.max(1, total.promptTokens())),
				total.completionTokens(), report.perSecond(total.completionTokens()));
		var limits = report.load().slo().limits();
		if (!limits.isEmpty()) {
			print("goodput    %d of %d within %s (%.1f %%), %.2f per second%n", total.good(),
					total.complete() + total.failed(),
					limits.entrySet().stream()
							.map(limit -> "%s %s".formatted(limit.getKey().toString().toLowerCase(Locale.ROOT),
									text(limit.getValue())))
							.collect(Collectors.joining(", ")),
					100 * total.goodShare(), report.perSecond(total.good()));
		}
		print("%n");
	}

	private void table(Report.Group group) {
		print(HEADING, "milliseconds", "count", "mean", "p50", "p95", "p99", "max");
		row("time to first token", group.timeToFirstToken());
		row("gap between deltas (of one or more tokens)", group.gap());
		row("time per output token", group.timePerOutputToken());
		row("whole reply", group.endToEnd());
		if (group == report.total()) {
			report.measures().forEach(this::row);
		}
	}

	private void row(String name, Summary times) {
		if (times.count() == 0) {
			return;
		}
		print(ROW, name, times.count(), times.mean(), times.p50(), times.p95(), times.p99(), times.max());
	}

	private static String text(Duration duration) {
		return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
	}

	@SuppressWarnings("AnnotateFormatMethod") // not worth a dependency for the annotation
	private void print(String format, Object... arguments) {
		out.printf(Locale.ROOT, format, arguments);
	}

}
