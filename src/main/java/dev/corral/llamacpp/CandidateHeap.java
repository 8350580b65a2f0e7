package dev.corral.llamacpp;

/**
 * Hands out tokens by the distance of their logit from a centre, the nearest first, in time that grows with how many are taken rather
 * than with the vocabulary. With the highest logit as centre that is from the most to the least likely. A binary heap in the
 * caller's array; of equal distances the lower id comes first.
 */
final class CandidateHeap {

	private final float[] logits;

	private final int[] tokens;

	private final double centre;

	private int size;

	/**
	 * @param logits by token
	 * @param tokens the heap's storage; its first {@code size} entries are the tokens
	 */
	CandidateHeap(float[] logits, int[] tokens, int size, double centre) {
		this.logits = logits;
		this.tokens = tokens;
		this.size = size;
		this.centre = centre;
		for (int node = size / 2 - 1; node >= 0; node--) {
			sink(node);
		}
	}

	boolean isEmpty() {
		return size == 0;
	}

	/** Takes the nearest token that is left; there must be one. It stays in the array, right behind those that are left. */
	int pop() {
		int top = tokens[0];
		int last = tokens[--size];
		tokens[size] = top;
		tokens[0] = last;
		sink(0);
		return top;
	}

	/** Moves what was taken to the front of the array; nothing else may be asked of the heap afterwards. Returns how many that are. */
	int keepTaken(int total) {
		int taken = total - size;
		System.arraycopy(tokens, size, tokens, 0, taken);
		return taken;
	}

	private void sink(int node) {
		if (node >= size) {
			return;
		}
		int token = tokens[node];
		double distance = distance(token);
		for (int child = 2 * node + 1; child < size; child = 2 * node + 1) {
			double childDistance = distance(tokens[child]);
			if (child + 1 < size) {
				double other = distance(tokens[child + 1]);
				if (before(other, tokens[child + 1], childDistance, tokens[child])) {
					child++;
					childDistance = other;
				}
			}
			if (!before(childDistance, tokens[child], distance, token)) {
				break;
			}
			tokens[node] = tokens[child];
			node = child;
		}
		tokens[node] = token;
	}

	private double distance(int token) {
		return Math.abs(logits[token] - centre);
	}

	private static boolean before(double distance, int token, double otherDistance, int otherToken) {
		return distance < otherDistance || (distance == otherDistance && token < otherToken);
	}

}
