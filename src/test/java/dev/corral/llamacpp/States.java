package dev.corral.llamacpp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.corral.llamacpp.internal.NativeBytes;

/**
 * States for tests of the tiers: they hold their own tokens, so that it shows which one came back, and are filled up to a size of
 * {@value #BYTES_PER_TOKEN} bytes for each token. Remembers those it made or saw, to tell whether all were closed.
 */
final class States {

	static final int BYTES_PER_TOKEN = 100;

	private final List<NativeBytes> seen = new ArrayList<>();

	NativeBytes of(int... tokens) {
		var bytes = ByteBuffer.allocate(tokens.length * BYTES_PER_TOKEN);
		bytes.putInt(tokens.length).asIntBuffer().put(tokens);
		var state = NativeBytes.allocate(bytes.capacity());
		state.put(0, bytes.array());
		seen.add(state);
		return state;
	}

	/** Puts a state of these tokens. */
	void put(KvTiers tiers, String tenant, int... tokens) {
		tiers.put(tokens, tokens.length, tenant, of(tokens));
	}

	/** Loads a match as an engine would and tells its tokens; nothing if it could not be loaded. */
	Optional<int[]> load(KvMatch match) {
		try (match) {
			return match.load().join().map(this::tokens);
		}
	}

	int[] tokens(NativeBytes state) {
		seen.add(state);
		var bytes = ByteBuffer.wrap(state.get(0, (int) state.size()));
		var tokens = new int[bytes.getInt()];
		bytes.asIntBuffer().get(tokens);
		return tokens;
	}

	/** Those that still hold memory. */
	List<NativeBytes> open() {
		return seen.stream().filter(States::isOpen).distinct().toList();
	}

	private static boolean isOpen(NativeBytes state) {
		try {
			state.get(0, 1);
			return true;
		} catch (IllegalStateException closed) {
			return false;
		}
	}

}
