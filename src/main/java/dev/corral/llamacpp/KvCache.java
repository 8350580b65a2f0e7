package dev.corral.llamacpp;

import org.jspecify.annotations.Nullable;

import dev.corral.llamacpp.internal.NativeBytes;

/** The key-value cache of a context, slot by slot. Belongs to the engine thread. */
interface KvCache {

	/**
	 * Whether each slot has a buffer of its own. Neighbouring slots are then computed together, and others in calls of their own, each
	 * of which reads all weights again.
	 */
	boolean separate();

	/** Forgets what a slot holds from a position on. */
	void truncate(int slot, int position);

	/** Gives a slot the first positions of another, in place of what it holds. */
	void copy(int from, int to, int positions);

	/** Whether {@link #slide} can work. */
	boolean canSlide();

	/**
	 * Forgets what a slot holds at some positions, and moves what comes after to where they were. A step must be computed before anything is
	 * saved or copied.
	 *
	 * @param from the first of the positions
	 * @param to the one after the last; from here on the slot must share nothing with another one
	 * @return false if the slot cannot forget a part; nothing has changed then
	 */
	boolean slide(int slot, int from, int to);

	/** A copy of all that a slot holds, which is the caller's to close; {@code null} if there is no memory for it. */
	@Nullable
	NativeBytes save(int slot);

	/**
	 * Puts a saved copy into a slot, in place of what it holds.
	 *
	 * @return false if that did not work; the slot is then empty
	 */
	boolean restore(int slot, NativeBytes state);

}
