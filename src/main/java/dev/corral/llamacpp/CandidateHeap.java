package dev.corral.llamacpp;

/**
 * Hands out tokens from the most to the least likely, in time that grows with how many are taken rather than with the
 * vocabulary. A binary heap in the caller's array; of equal weights the lower id comes first.
 */
final class CandidateHeap {

	private final float[] weights;

	private final int[] tokens;

	private int size;

	/**
	 * @param weights by token
	 * @param tokens the heap's storage; its first {@code size} entries are the tokens
	 */
	CandidateHeap(float[] weights, int[] tokens, int size) {
		this.weights = weights;
		this.tokens = tokens;
		this.size = size;
		for (int node = size / 2 - 1; node >= 0; node--) {
			sink(node);
		}
	}

	/** Takes the most likely token that is left; there must be one. */
	int pop() {
		int top = tokens[0];
		tokens[0] = tokens[--size];
		sink(0);
		return top;
	}

	private void sink(int node) {
		int token = tokens[node];
		for (int child = 2 * node + 1; child < size; child = 2 * node + 1) {
			if (child + 1 < size && before(tokens[child + 1], tokens[child])) {
				child++;
			}
			if (!before(tokens[child], token)) {
				break;
			}
			tokens[node] = tokens[child];
			node = child;
		}
		tokens[node] = token;
	}

	private boolean before(int a, int b) {
		return weights[a] > weights[b] || (weights[a] == weights[b] && a < b);
	}

}
