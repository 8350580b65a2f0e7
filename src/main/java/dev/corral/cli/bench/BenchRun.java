package dev.corral.cli.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;

/** One run from its first request to its report. What was measured so far is also reported when the process is interrupted. */
final class BenchRun {

	private static final String STANDARD_OUTPUT = "-";

	private final Target target;

	private final Load load;

	private final PrintWriter out;

	private final PrintWriter err;

	private final @Nullable String json;

	private final Statistics statistics;

	/** Also set when there is nothing to report. */
	private final AtomicBoolean reported = new AtomicBoolean();

	/** @param json where the figures go as JSON; {@code null} for nowhere */
	BenchRun(Target target, Load load, PrintWriter out, PrintWriter err, @Nullable String json) {
		this.target = target;
		this.load = load;
		this.out = out;
		this.err = err;
		this.json = json;
		this.statistics = new Statistics(load.slo());
	}

	/**
	 * @return the exit status: 1 if no request had a reply
	 * @throws BenchFailed if the target cannot be measured
	 */
	int run() throws InterruptedException {
		var session = new Session(target, statistics, Prompts.calibrate(target, statistics, load.seed()), load);
		session.warmUp();
		Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::report));
		try (var _ = new Progress(statistics, err)) {
			load.workload().create(session).run();
		} catch (RuntimeException | InterruptedException failure) {
			reported.set(true);
			throw failure;
		}
		report();
		var total = statistics.report(target, load).total();
		return total.complete() + total.hungUp() > 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
	}

	private void report() {
		if (!reported.compareAndSet(false, true)) {
			return;
		}
		var report = statistics.report(target, load);
		new TableReport(report, STANDARD_OUTPUT.equals(json) ? err : out).write();
		if (STANDARD_OUTPUT.equals(json)) {
			out.println(JsonReport.of(report));
			out.flush();
		} else if (json != null) {
			try {
				Files.writeString(Path.of(json), JsonReport.of(report));
			} catch (IOException failure) {
				throw new UncheckedIOException(failure);
			}
		}
	}

}
