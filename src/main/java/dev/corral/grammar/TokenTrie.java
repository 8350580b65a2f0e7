package dev.corral.grammar;

import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The pieces of a vocabulary as a tree of bytes, laid out in preorder: what lies below a node comes right after it, up to
 * {@link #end}. So a walk that skips what cannot follow runs through memory in one direction. Immutable.
 */
final class TokenTrie {

	private final byte[] label;

	private final int[] depth;

	private final int[] end;

	private final int[] firstToken;

	private final int[] tokens;

	private final int maxDepth;

	/** @param pieces by token; a token without bytes is not in the tree */
	TokenTrie(int size, IntFunction<byte[]> pieces) {
		var sorted = IntStream.range(0, size).filter(token -> pieces.apply(token).length > 0).boxed()
				.sorted((a, b) -> Arrays.compareUnsigned(pieces.apply(a), pieces.apply(b)))
				.mapToInt(Integer::intValue).toArray();
		int nodes = 0;
		int longest = 0;
		byte[] before = {};
		for (int token : sorted) {
			var piece = pieces.apply(token);
			nodes += piece.length - common(before, piece);
			longest = Math.max(longest, piece.length);
			before = piece;
		}
		label = new byte[nodes];
		depth = new int[nodes];
		end = new int[nodes];
		firstToken = new int[nodes + 1];
		tokens = sorted;
		maxDepth = longest;
		fill(sorted, pieces);
	}

	private void fill(int[] sorted, IntFunction<byte[]> pieces) {
		var open = new int[maxDepth];
		int node = 0;
		byte[] before = {};
		for (int i = 0; i < sorted.length; i++) {
			var piece = pieces.apply(sorted[i]);
			int shared = common(before, piece);
			for (int closed = shared; closed < before.length; closed++) {
				end[open[closed]] = node;
			}
			for (int at = shared; at < piece.length; at++) {
				label[node] = piece[at];
				depth[node] = at;
				firstToken[node] = i;
				open[at] = node++;
			}
			before = piece;
		}
		for (int closed = 0; closed < before.length; closed++) {
			end[open[closed]] = node;
		}
		firstToken[node] = sorted.length;
	}

	private static int common(byte[] a, byte[] b) {
		int mismatch = Arrays.mismatch(a, b);
		return mismatch < 0 ? a.length : mismatch;
	}

	int nodes() {
		return label.length;
	}

	/** Length of the longest piece, in bytes. */
	int maxDepth() {
		return maxDepth;
	}

	byte label(int node) {
		return label[node];
	}

	/** How many bytes come before the node's own. */
	int depth(int node) {
		return depth[node];
	}

	/** The first node after this one that does not lie below it. */
	int end(int node) {
		return end[node];
	}

	/** The tokens of a node are those from this index to before that of the next node. */
	int firstToken(int node) {
		return firstToken[node];
	}

	int token(int index) {
		return tokens[index];
	}

	/** The child of a node by its byte, or -1; the node -1 is the root. */
	int child(int node, byte value) {
		int last = node < 0 ? nodes() : end[node];
		for (int child = node + 1; child < last; child = end[child]) {
			if (label[child] == value) {
				return child;
			}
		}
		return -1;
	}

}
