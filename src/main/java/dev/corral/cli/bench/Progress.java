package dev.corral.cli.bench;

import java.io.PrintWriter;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Says while a run goes on how far it is: in place on a terminal, in a line every few seconds elsewhere. */
final class Progress implements AutoCloseable {

	private static final int SECONDS_BETWEEN_LINES = 5;

	private final boolean inPlace;

	private final PrintWriter out;

	private final Statistics statistics;

	private final long start = System.nanoTime();

	private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
			task -> Thread.ofPlatform().daemon().name("bench-progress").unstarted(task));

	Progress(Statistics statistics, PrintWriter out) {
		var console = System.console();
		this.inPlace = console != null && console.isTerminal();
		this.statistics = statistics;
		this.out = out;
		int seconds = inPlace ? 1 : SECONDS_BETWEEN_LINES;
		var _ = timer.scheduleAtFixedRate(this::print, seconds, seconds, TimeUnit.SECONDS);
	}

	private void print() {
		double seconds = (System.nanoTime() - start) / 1e9;
		var line = "%.0f s: %s".formatted(seconds, statistics.progress(seconds));
		out.print(inPlace ? "\r%-78s".formatted(line) : line + System.lineSeparator());
		out.flush();
	}

	/** Stops and wipes the line. */
	@Override
	public void close() {
		timer.shutdownNow();
		if (inPlace) {
			out.print("\r" + " ".repeat(78) + "\r");
			out.flush();
		}
	}

}
