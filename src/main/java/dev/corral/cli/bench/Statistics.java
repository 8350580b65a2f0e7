package dev.corral.cli.bench;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

import org.HdrHistogram.Histogram;

/** Everything that is measured in one run. Safe for any number of threads; samples are folded in and not kept. */
final class Statistics {

	private final Slo slo;

	private final Instant started = Instant.now();

	private final GroupStatistics total = new GroupStatistics();

	private final Map<String, GroupStatistics> groups = new LinkedHashMap<>();

	private final Map<String, Histogram> measures = new LinkedHashMap<>();

	private final Map<String, Long> failures = new TreeMap<>();

	private final Map<String, String> examples = new TreeMap<>();

	private final Map<String, Long> notes = new LinkedHashMap<>();

	private final LongAdder deltas = new LongAdder();

	private long firstSent = Long.MAX_VALUE;

	private long lastEnded = Long.MIN_VALUE;

	private long ended;

	private long failed;

	Statistics(Slo slo) {
		this.slo = slo;
	}

	synchronized void add(Sample sample) {
		boolean good = slo.metBy(sample);
		total.add(sample, good);
		groups.computeIfAbsent(sample.group(), _ -> new GroupStatistics()).add(sample, good);
		firstSent = Math.min(firstSent, sample.sent());
		lastEnded = Math.max(lastEnded, sample.ended());
		ended++;
		var failure = sample.failure();
		if (failure != null) {
			failed++;
			failures.merge(failure.kind(), 1L, Long::sum);
			examples.putIfAbsent(failure.kind(), failure.detail());
		}
	}

	/** Adds a time to a distribution of the workload's own. */
	synchronized void measure(String name, long nanos) {
		Summary.record(measures.computeIfAbsent(name, _ -> Summary.histogram()), nanos);
	}

	synchronized void note(String note) {
		notes.merge(note, 1L, Long::sum);
	}

	/** A delta has arrived, of a reply that may not have ended yet. */
	void delta() {
		deltas.increment();
	}

	/** One line on how far it is. */
	synchronized String progress(double seconds) {
		return "%d requests ended, %d failed, %d deltas, %.0f per second".formatted(ended, failed, deltas.sum(),
				deltas.sum() / Math.max(seconds, 0.001));
	}

	synchronized Report report(Target target, Load load) {
		return new Report(target.name(), target.model(), load, started,
				ended == 0 ? 0 : (lastEnded - firstSent) / 1e9, total.report(),
				groups.size() < 2 ? Map.of() : mapped(groups, GroupStatistics::report), mapped(measures, Summary::of),
				new TreeMap<>(failures), new TreeMap<>(examples), new LinkedHashMap<>(notes));
	}

	private static <A, B> Map<String, B> mapped(Map<String, A> map, Function<A, B> function) {
		var result = new LinkedHashMap<String, B>();
		map.forEach((key, value) -> result.put(key, function.apply(value)));
		return result;
	}

}
