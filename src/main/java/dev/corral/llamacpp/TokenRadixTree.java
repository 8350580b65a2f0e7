package dev.corral.llamacpp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Values under lists of tokens, found by the longest beginning that they share with a prompt. A radix tree (Morrison, "PATRICIA",
 * JACM 15, 1968): lists that begin alike share that part, so it holds each distinct token once, and what it takes to find, add or
 * remove grows with the length of a list and not with their number.
 *
 * <p>Several values may lie under the same list. Not thread-safe: it belongs to one thread.
 */
final class TokenRadixTree<V> {

	private final Node<V> root = new Node<>(null, new int[0], 0);

	private int size;

	private long storedTokens;

	private long uses;

	/** How many values there are. */
	int size() {
		return size;
	}

	/** How many tokens it holds in memory: each beginning that lists share counts once. */
	long storedTokens() {
		return storedTokens;
	}

	/**
	 * Adds a value, as the one most recently used.
	 *
	 * @param length how many of the tokens count, at least 1
	 * @return the handle to it
	 */
	Entry<V> insert(int[] tokens, int length, V value) {
		check(tokens, length);
		if (length == 0) {
			throw new IllegalArgumentException("a value needs at least 1 token");
		}
		var node = root;
		while (node.depth < length) {
			var child = node.child(tokens);
			if (child == null) {
				child = node.append(Arrays.copyOfRange(tokens, node.depth, length));
				storedTokens += child.edge.length;
			} else if (child.shared(tokens, length) < child.edge.length) {
				child = child.split(child.shared(tokens, length));
			}
			node = child;
		}
		var entry = new Entry<>(value, node);
		node.entries.add(entry);
		size++;
		touch(entry);
		return entry;
	}

	/** Makes a value the one most recently used. */
	void touch(Entry<V> entry) {
		entry.lastUse = ++uses;
		for (Node<V> node = entry.node(); node != null; node = node.parent) {
			node.newest = entry;
		}
	}

	/**
	 * Removes a value.
	 *
	 * @throws IllegalStateException if it was removed before
	 */
	void remove(Entry<V> entry) {
		var node = entry.node();
		node.entries.remove(entry);
		entry.node = null;
		size--;
		for (Node<V> above = prune(node); above != null && above.newest == entry; above = above.parent) {
			above.newest = above.findNewest();
		}
	}

	/**
	 * Finds the value whose list shares the longest beginning with these tokens; of several the one most recently used. Its list may
	 * go on differently, or beyond.
	 *
	 * @param limit how many of the tokens count
	 * @return nothing if no list has the same first token
	 */
	Optional<Match<V>> longest(int[] tokens, int limit) {
		check(tokens, limit);
		var node = root;
		int length = 0;
		while (length == node.depth && length < limit) {
			var child = node.child(tokens);
			if (child == null) {
				break;
			}
			length += child.shared(tokens, limit);
			node = child;
		}
		return length == 0 || node.newest == null ? Optional.empty() : Optional.of(new Match<>(length, node.newest));
	}

	/** The values whose whole list these tokens begin with, shortest first. */
	List<Entry<V>> prefixesOf(int[] tokens, int length) {
		check(tokens, length);
		var found = new ArrayList<Entry<V>>();
		Node<V> node = root;
		while (node != null) {
			found.addAll(node.entries);
			var child = node.depth < length ? node.child(tokens) : null;
			node = child != null && child.shared(tokens, length) == child.edge.length ? child : null;
		}
		return found;
	}

	/**
	 * Takes away what a node without values is not needed for.
	 *
	 * @return the deepest node left that had it below, or was it
	 */
	private Node<V> prune(Node<V> node) {
		var parent = node.parent;
		if (parent == null || !node.entries.isEmpty()) {
			return node;
		}
		if (!node.children.isEmpty()) {
			return node.mergeIfOnlyAPassage();
		}
		parent.children.remove(node.edge[0]);
		storedTokens -= node.edge.length;
		return parent.mergeIfOnlyAPassage();
	}

	private static void check(int[] tokens, int length) {
		Objects.checkFromToIndex(0, length, tokens.length);
	}

	/**
	 * A value that was found.
	 *
	 * @param length how many tokens its list shares with those asked for, at least 1
	 */
	record Match<V>(int length, Entry<V> entry) {
	}

	/** A value in the tree, until it is removed. */
	static final class Entry<V> {

		private final V value;

		private @Nullable Node<V> node;

		private long lastUse;

		private Entry(V value, Node<V> node) {
			this.value = value;
			this.node = node;
		}

		V value() {
			return value;
		}

		/** How many tokens its list has. */
		int length() {
			return node().depth;
		}

		/** A copy of its list. */
		int[] tokens() {
			var tokens = new int[length()];
			for (Node<V> part = node(); part != null; part = part.parent) {
				System.arraycopy(part.edge, 0, tokens, part.depth - part.edge.length, part.edge.length);
			}
			return tokens;
		}

		private Node<V> node() {
			if (node == null) {
				throw new IllegalStateException("the value was removed from its tree: " + value);
			}
			return node;
		}

	}

	/** A place where lists end or part. Every one but the root has a value in it or at least two children. */
	private static final class Node<V> {

		private @Nullable Node<V> parent;

		/** The tokens from the parent to here, none in the root only. */
		private int[] edge;

		/** How many tokens lead from the root to here. */
		private final int depth;

		private final Map<Integer, Node<V>> children = new HashMap<>();

		private final List<Entry<V>> entries = new ArrayList<>(1);

		/** The most recently used value here and below; {@code null} in an empty tree's root only. */
		private @Nullable Entry<V> newest;

		private Node(@Nullable Node<V> parent, int[] edge, int depth) {
			this.parent = parent;
			this.edge = edge;
			this.depth = depth;
		}

		/** Where these tokens go on from here; there must be one more of them. */
		private @Nullable Node<V> child(int[] tokens) {
			return children.get(tokens[depth]);
		}

		/** How many tokens of the edge are the same as those at its place. */
		private int shared(int[] tokens, int limit) {
			int start = depth - edge.length;
			int most = Math.min(edge.length, limit - start);
			int mismatch = Arrays.mismatch(edge, 0, most, tokens, start, start + most);
			return mismatch < 0 ? most : mismatch;
		}

		private Node<V> append(int[] edge) {
			var child = new Node<>(this, edge, depth + edge.length);
			children.put(edge[0], child);
			return child;
		}

		/** Puts a node in the middle of the edge, after this many of its tokens. */
		private Node<V> split(int tokens) {
			var above = Objects.requireNonNull(parent).append(Arrays.copyOf(edge, tokens));
			above.newest = newest;
			above.adopt(this, Arrays.copyOfRange(edge, tokens, edge.length));
			return above;
		}

		/** Joins the edges before and after if no list ends or parts here. Returns the deepest node left at or above. */
		private Node<V> mergeIfOnlyAPassage() {
			if (parent == null || !entries.isEmpty() || children.size() != 1) {
				return this;
			}
			var child = children.values().iterator().next();
			var joined = Arrays.copyOf(edge, edge.length + child.edge.length);
			System.arraycopy(child.edge, 0, joined, edge.length, child.edge.length);
			parent.adopt(child, joined);
			return parent;
		}

		private void adopt(Node<V> child, int[] edge) {
			child.parent = this;
			child.edge = edge;
			children.put(edge[0], child);
		}

		private @Nullable Entry<V> findNewest() {
			Entry<V> found = null;
			for (var entry : entries) {
				found = newer(found, entry);
			}
			for (var child : children.values()) {
				found = newer(found, child.newest);
			}
			return found;
		}

		private static <V> @Nullable Entry<V> newer(@Nullable Entry<V> a, @Nullable Entry<V> b) {
			return a == null || (b != null && b.lastUse > a.lastUse) ? b : a;
		}

	}

}
