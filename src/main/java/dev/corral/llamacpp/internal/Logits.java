package dev.corral.llamacpp.internal;

import java.lang.foreign.MemorySegment;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

/** A row of logits in a context's memory. Read by any thread, until the context computes its next batch. */
public final class Logits {

	private final MemorySegment row;

	Logits(MemorySegment row) {
		this.row = row;
	}

	/** @param into one value per token of the vocabulary */
	public void copyTo(float[] into) {
		MemorySegment.copy(row, JAVA_FLOAT, 0, into, 0, into.length);
	}

}
