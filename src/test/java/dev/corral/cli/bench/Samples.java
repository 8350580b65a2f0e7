package dev.corral.cli.bench;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/** Samples with known times, in milliseconds. */
final class Samples {

	private static final long MILLI = 1_000_000;

	private Samples() {
	}

	/** A complete reply with one token in each delta, which ends with the last. */
	static Sample complete(String group, long sent, long... arrivals) {
		return of(group, sent, false, null, arrivals);
	}

	static Sample hungUp(String group, long sent, long... arrivals) {
		return of(group, sent, true, null, arrivals);
	}

	static Sample failed(String group, String kind, long sent, long... arrivals) {
		return of(group, sent, false, new Failure(kind, "detail of " + kind), arrivals);
	}

	private static Sample of(String group, long sent, boolean hungUp, @Nullable Failure failure, long... arrivals) {
		var nanos = Arrays.stream(arrivals).map(arrival -> arrival * MILLI).toArray();
		long ended = nanos.length == 0 ? sent * MILLI : nanos[nanos.length - 1];
		return new Sample(group, sent * MILLI, nanos, ended, 10, 4, nanos.length, "text", hungUp, failure);
	}

}
