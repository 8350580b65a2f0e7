package dev.corral.llamacpp;

/**
 * Finds the k most likely tokens in one pass: the best so far are a heap with the worst of them on top, which most tokens do not
 * displace. Of equally likely tokens the lower id is the better.
 */
final class TopSelection {

	private final float[] logits;

	private final int[] tokens;

	private final int count;

	private TopSelection(float[] logits, int[] tokens, int count) {
		this.logits = logits;
		this.tokens = tokens;
		this.count = count;
	}

	/**
	 * Moves the most likely tokens to the front of the array, in no order; the rest of it is undefined afterwards.
	 *
	 * @param logits by token
	 * @param tokens the first {@code size} entries count
	 * @param count how many are wanted, 1 to {@code size}
	 */
	static void moveToFront(float[] logits, int[] tokens, int size, int count) {
		new TopSelection(logits, tokens, count).run(size);
	}

	private void run(int size) {
		for (int node = count / 2 - 1; node >= 0; node--) {
			sink(node, tokens[node]);
		}
		for (int i = count; i < size; i++) {
			int token = tokens[i];
			if (worse(tokens[0], token)) {
				sink(0, token);
			}
		}
	}

	/** Puts the token at this node or below. */
	private void sink(int node, int token) {
		for (int child = 2 * node + 1; child < count; child = 2 * node + 1) {
			if (child + 1 < count && worse(tokens[child + 1], tokens[child])) {
				child++;
			}
			if (!worse(tokens[child], token)) {
				break;
			}
			tokens[node] = tokens[child];
			node = child;
		}
		tokens[node] = token;
	}

	private boolean worse(int a, int b) {
		return logits[a] < logits[b] || (logits[a] == logits[b] && a > b);
	}

}
