package dev.corral.grammar;

import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Who waits for a rule to end: for each caller the node where it goes on and the context that the caller itself runs in. All
 * callers that began a rule at the same byte share one context, so stacks of an ambiguous grammar form a graph and not a
 * forest (Tomita 1985, graph-structured stack). Immutable; equal contexts of one {@link StateSpace} generation are the same object.
 */
final class Context {

	/** In place of a return node: the whole text ends here. */
	static final int END_OF_TEXT = -1;

	static final Context WHOLE_TEXT = new Context(new Frame[]{new Frame(END_OF_TEXT, null)});

	private final Frame[] frames;

	private final int hash;

	private Context(Frame[] frames) {
		this.frames = frames;
		int code = 1;
		for (var frame : frames) {
			code = 31 * code + frame.hashCode();
		}
		hash = code;
	}

	/** @param frames in any order, perhaps repeated */
	static Context of(List<Frame> frames) {
		if (frames.size() == 1) {
			return new Context(new Frame[]{frames.getFirst()});
		}
		return new Context(frames.stream().distinct().sorted(Frame::compareTo).toArray(Frame[]::new));
	}

	/** About how much memory it takes, without its parents. */
	long bytes() {
		return 64 + 32L * frames.length;
	}

	/** Not to be changed. */
	Frame[] frames() {
		return frames;
	}

	/** Of the parents only the identity counts, as they have been made unique before. */
	@Override
	public boolean equals(Object other) {
		return this == other || (other instanceof Context context && hash == context.hash
				&& Arrays.equals(frames, context.frames));
	}

	@Override
	public int hashCode() {
		return hash;
	}

	/**
	 * One caller.
	 *
	 * @param returnNode where it goes on, or {@link #END_OF_TEXT}
	 * @param parent the context it runs in; {@code null} exactly at the end of the text
	 */
	record Frame(int returnNode, @Nullable Context parent) {

		@Override
		public boolean equals(Object other) {
			return other instanceof Frame frame && returnNode == frame.returnNode && parent == frame.parent;
		}

		@Override
		public int hashCode() {
			return 31 * returnNode + (parent == null ? 0 : parent.hash);
		}

		/** Any order that is the same for the same frames. */
		private int compareTo(Frame other) {
			int byNode = Integer.compare(returnNode, other.returnNode);
			return byNode != 0 ? byNode : Integer.compare(hashCode(), other.hashCode());
		}

	}

}
