package dev.corral.llamacpp;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets an engine and its embedder compute one after the other, in turns. Each has as many compute threads as there are cores, and these
 * wait for one another by spinning, so that both at once would be slower than both in turns.
 */
final class Turns {

	private final ReentrantLock lock = new ReentrantLock(/* fair= */ true);

	/** Computes when it is this thread's turn. */
	<T> T take(Supplier<T> computation) {
		lock.lock();
		try {
			return computation.get();
		} finally {
			lock.unlock();
		}
	}

}
