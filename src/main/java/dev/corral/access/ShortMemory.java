package dev.corral.access;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Remembers what the database said for a moment, so that a burst of requests with one key asks it once. When it is full, the least recently used
 * goes. Safe for any thread.
 */
final class ShortMemory<V> {

	private final Map<String, Remembered<V>> values;

	private final long lifeNanos;

	private final LongSupplier nanoTime;

	/**
	 * @param most how many are remembered
	 * @param life how long each is
	 */
	ShortMemory(int most, Duration life, LongSupplier nanoTime) {
		this.lifeNanos = life.toNanos();
		this.nanoTime = nanoTime;
		this.values = new LinkedHashMap<>(16, 0.75f, true) {

			@Override
			protected boolean removeEldestEntry(Map.Entry<String, Remembered<V>> eldest) {
				return size() > most;
			}

		};
	}

	synchronized @Nullable V find(String name) {
		var found = values.get(name);
		return found == null || nanoTime.getAsLong() - found.since() >= lifeNanos ? null : found.value();
	}

	synchronized void keep(String name, V value) {
		values.put(name, new Remembered<>(value, nanoTime.getAsLong()));
	}

	synchronized void forget() {
		values.clear();
	}

	private record Remembered<V>(V value, long since) {
	}

}
