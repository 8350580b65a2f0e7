package dev.corral.llamacpp;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;

/** Sequences that have no slot, in the order in which they should get one. Owned by the engine thread. */
final class WaitingLine implements Iterable<Sequence> {

	private final TreeSet<Sequence> sequences = new TreeSet<>(Sequence.BY_RANK);

	void add(Sequence sequence) {
		sequences.add(sequence);
	}

	void remove(Sequence sequence) {
		sequences.remove(sequence);
	}

	boolean isEmpty() {
		return sequences.isEmpty();
	}

	/** All of them; a view. */
	Collection<Sequence> sequences() {
		return sequences;
	}

	int size() {
		return sequences.size();
	}

	/** Those that have never run and have waited for longer than this. */
	List<Sequence> queuedBefore(long nanos) {
		var expired = new ArrayList<Sequence>();
		for (var sequence : sequences) {
			if (sequence.state() == SequenceState.QUEUED && sequence.submittedNanos() - nanos < 0) {
				expired.add(sequence);
			}
		}
		return expired;
	}

	@Override
	public Iterator<Sequence> iterator() {
		return sequences.iterator();
	}

}
