package dev.corral.cli.bench;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.LongStream;

import org.jspecify.annotations.Nullable;

/**
 * What was seen of one request. Times are in nanoseconds of {@link System#nanoTime}.
 *
 * @param group of the {@link Call}
 * @param sent when it was sent
 * @param arrivals when each non-empty delta arrived; several that came in one read have one time
 * @param ended when the reply was complete or given up
 * @param promptTokens as the target tells, or {@value #UNKNOWN}
 * @param cachedTokens of the prompt, as the target tells, or {@value #UNKNOWN}
 * @param completionTokens as the target tells; without that the number of deltas
 * @param text of the reply
 * @param hungUp whether this side ended it on purpose
 */
record Sample(String group, long sent, long[] arrivals, long ended, int promptTokens, int cachedTokens,
		int completionTokens, String text, boolean hungUp, @Nullable Failure failure) {

	static final int UNKNOWN = -1;

	boolean complete() {
		return failure == null && !hungUp;
	}

	boolean hasDeltas() {
		return arrivals.length > 0;
	}

	/** When the first delta arrived; of a reply that has none, its end. */
	long firstArrival() {
		return hasDeltas() ? arrivals[0] : ended;
	}

	long timeToFirstToken() {
		return firstArrival() - sent;
	}

	long endToEnd() {
		return ended - sent;
	}

	/** Gaps between deltas that follow each other; a delta may hold several tokens, its gap counts once. */
	LongStream gaps() {
		return LongStream.range(1, arrivals.length).map(i -> arrivals[(int) i] - arrivals[(int) i - 1]);
	}

	/** (E2E - TTFT) / (tokens - 1); of a reply of one token there is none. */
	OptionalDouble timePerOutputToken() {
		return completionTokens < 2 || !hasDeltas()
				? OptionalDouble.empty()
				: OptionalDouble.of((double) (ended - arrivals[0]) / (completionTokens - 1));
	}

	/** The longest gap that overlaps a span of time; 0 if there is none. */
	long longestGapBetween(long from, long to) {
		return LongStream.range(1, arrivals.length)
				.filter(i -> arrivals[(int) i] > from && arrivals[(int) i - 1] < to)
				.map(i -> arrivals[(int) i] - arrivals[(int) i - 1]).max().orElse(0);
	}

	/** Whether deltas still came at or after this time. */
	boolean streamedUntil(long time) {
		return hasDeltas() && Arrays.stream(arrivals).max().orElse(sent) >= time;
	}

}
