package dev.corral.llamacpp;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntConsumer;

import org.jspecify.annotations.Nullable;

/** Which tokens are among the last of a row: a set that forgets. */
final class RecentTokens {

	private final BitSet present;

	/** The row's end, in a ring; {@code null} if nothing is ever forgotten. */
	private final int @Nullable [] ring;

	private final Map<Integer, Integer> counts;

	private int added;

	/** @param range how many tokens are remembered; {@link Integer#MAX_VALUE} remembers all */
	RecentTokens(int range) {
		present = new BitSet();
		ring = range == Integer.MAX_VALUE ? null : new int[range];
		counts = new HashMap<>();
	}

	private RecentTokens(RecentTokens other) {
		present = (BitSet) other.present.clone();
		ring = other.ring == null ? null : other.ring.clone();
		counts = new HashMap<>(other.counts);
		added = other.added;
	}

	RecentTokens copy() {
		return new RecentTokens(this);
	}

	void add(int token) {
		if (ring == null) {
			present.set(token);
		} else if (ring.length > 0) {
			int place = added % ring.length;
			if (added >= ring.length) {
				forget(ring[place]);
			}
			ring[place] = token;
			counts.merge(token, 1, Integer::sum);
			present.set(token);
			added++;
		}
	}

	private void forget(int token) {
		if (counts.merge(token, -1, Integer::sum) == 0) {
			counts.remove(token);
			present.clear(token);
		}
	}

	void forEach(IntConsumer action) {
		for (int token = present.nextSetBit(0); token >= 0; token = present.nextSetBit(token + 1)) {
			action.accept(token);
		}
	}

}
