package dev.corral.llamacpp.internal;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

/** {@code struct llama_batch}: the tokens of one decode call. Belongs to the thread of its context. */
public final class NativeBatch {

	private final MemorySegment batch;

	private final MemorySegment tokens;

	private final MemorySegment positions;

	private final MemorySegment sequences;

	private final MemorySegment wantsLogits;

	private int size;

	NativeBatch(int capacity, Arena arena) {
		tokens = arena.allocate(JAVA_INT, capacity);
		positions = arena.allocate(JAVA_INT, capacity);
		sequences = arena.allocate(JAVA_INT, capacity);
		wantsLogits = arena.allocate(JAVA_BYTE, capacity);
		var sequenceCounts = arena.allocate(JAVA_INT, capacity);
		var sequencePointers = arena.allocate(ADDRESS, capacity);
		for (int i = 0; i < capacity; i++) {
			sequenceCounts.setAtIndex(JAVA_INT, i, 1);
			sequencePointers.setAtIndex(ADDRESS, i, sequences.asSlice((long) i * Integer.BYTES));
		}
		batch = arena.allocate(LlamaApi.BATCH);
		batch.set(ADDRESS, 8, tokens);
		batch.set(ADDRESS, 24, positions);
		batch.set(ADDRESS, 32, sequenceCounts);
		batch.set(ADDRESS, 40, sequencePointers);
		batch.set(ADDRESS, 48, wantsLogits);
	}

	public void clear() {
		size = 0;
	}

	public int size() {
		return size;
	}

	/**
	 * Adds a token.
	 *
	 * @param position in its sequence, from 0
	 * @param logits whether the distribution after this token is wanted
	 * @return its index in the batch, by which its logits are read
	 * @throws IndexOutOfBoundsException if the batch is full
	 */
	public int add(int token, int position, int sequence, boolean logits) {
		int index = size++;
		tokens.setAtIndex(JAVA_INT, index, token);
		positions.setAtIndex(JAVA_INT, index, position);
		sequences.setAtIndex(JAVA_INT, index, sequence);
		wantsLogits.setAtIndex(JAVA_BYTE, index, (byte) (logits ? 1 : 0));
		return index;
	}

	MemorySegment segment() {
		batch.set(JAVA_INT, 0, size);
		return batch;
	}

}
