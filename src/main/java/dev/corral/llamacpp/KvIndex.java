package dev.corral.llamacpp;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds states by tenant and tokens. Belongs to the engine thread. */
final class KvIndex {

	private final Map<String, TokenRadixTree<KvEntry>> trees = new HashMap<>();

	/** A new entry, as the one used last. */
	KvEntry insert(String tenant, int[] tokens, int count, long millis) {
		var entry = new KvEntry(tenant, count, millis);
		var tree = trees.computeIfAbsent(tenant, unknown -> new TokenRadixTree<>());
		entry.placedAt(tree.insert(tokens, count, entry));
		return entry;
	}

	Optional<TokenRadixTree.Match<KvEntry>> longest(int[] tokens, int length, String tenant) {
		var tree = trees.get(tenant);
		return tree == null ? Optional.empty() : tree.longest(tokens, length);
	}

	/** A state of all these tokens, or of more. */
	Optional<KvEntry> covering(int[] tokens, int count, String tenant) {
		return longest(tokens, count, tenant).filter(match -> match.length() == count)
				.map(match -> match.entry().value());
	}

	/** The other states of the same tenant whose tokens this one's begin with. */
	List<KvEntry> beginningsOf(KvEntry entry) {
		var tokens = entry.place().tokens();
		return tree(entry).prefixesOf(tokens, tokens.length)
				.stream()
				.map(TokenRadixTree.Entry::value)
				.filter(shorter -> shorter != entry)
				.toList();
	}

	void touch(KvEntry entry) {
		tree(entry).touch(entry.place());
	}

	void remove(KvEntry entry) {
		var tree = tree(entry);
		tree.remove(entry.place());
		if (tree.size() == 0) {
			trees.remove(entry.tenant);
		}
	}

	private TokenRadixTree<KvEntry> tree(KvEntry entry) {
		var tree = trees.get(entry.tenant);
		if (tree == null) {
			throw new IllegalStateException("the state was removed from the index");
		}
		return tree;
	}

}
