package dev.corral.llamacpp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.corral.llamacpp.TokenRadixTree.Entry;
import dev.corral.llamacpp.TokenRadixTree.Match;

/**
 * What the context holds: the slots, and the prefix cache over all their tokens, of running and of ended sequences. A tree for each
 * tenant keeps tenants from learning by its speed what another one has sent. Owned by the engine thread.
 */
final class Slots {

	private final List<Slot> slots;

	private final Map<String, TokenRadixTree<Slot>> prefixes = new HashMap<>();

	private long uses;

	Slots(int count) {
		slots = Stream.iterate(0, index -> index + 1).limit(count).map(Slot::new).toList();
	}

	int count() {
		return slots.size();
	}

	List<Slot> all() {
		return slots;
	}

	/** The running sequences: the highest priority first, then the oldest. */
	List<Sequence> running() {
		var running = new ArrayList<Sequence>(slots.size());
		for (var slot : slots) {
			if (slot.sequence() != null) {
				running.add(slot.sequence());
			}
		}
		running.sort(Sequence.BY_RANK);
		return running;
	}

	int runningCount() {
		int running = 0;
		for (var slot : slots) {
			running += slot.free() ? 0 : 1;
		}
		return running;
	}

	/** Tokens that running and ended sequences take up in the key-value cache, those that they share counted for each. */
	int tokens() {
		return slots.stream().mapToInt(Slot::tokens).sum();
	}

	/** The same of running sequences alone. */
	int runningTokens() {
		int tokens = 0;
		for (var slot : slots) {
			tokens += slot.free() ? 0 : slot.tokens();
		}
		return tokens;
	}

	/** Tokens that ended sequences left. */
	int retainedTokens() {
		int tokens = 0;
		for (var slot : slots) {
			tokens += slot.retained().length;
		}
		return tokens;
	}

	Slot of(Sequence sequence) {
		return slots.stream()
				.filter(slot -> slot.sequence() == sequence)
				.findFirst()
				.orElseThrow(() -> new IllegalStateException("the sequence does not run"));
	}

	/** A free slot other than this one, an empty one if there is; otherwise the one whose content was not used for longest. */
	@Nullable
	Slot freeOtherThan(@Nullable Slot excluded) {
		return slots.stream()
				.filter(slot -> slot.free() && slot != excluded)
				.min(Comparator.comparing((Slot slot) -> !slot.empty()).thenComparing(Slot::lastUse))
				.orElse(null);
	}

	/** Those that hold what ended sequences left, the most recently used first. */
	List<Slot> retained() {
		return slots.stream()
				.filter(slot -> slot.free() && !slot.empty())
				.sorted(Comparator.comparing(Slot::lastUse).reversed())
				.toList();
	}

	/** The ended sequence that was not used for longest. */
	@Nullable
	Slot leastRecentlyUsed() {
		return leastRecentlyUsed(null);
	}

	/** The same among all but this one. */
	@Nullable
	Slot leastRecentlyUsed(@Nullable Slot excluded) {
		return slots.stream()
				.filter(slot -> slot.free() && !slot.empty() && slot != excluded)
				.min(Comparator.comparing(Slot::lastUse))
				.orElse(null);
	}

	/** The longest prefix of a sequence's tokens that a slot holds for it; {@code null} if not even one token. */
	@Nullable
	Match<Slot> longest(Sequence sequence, int limit) {
		var match = longest(sequence.tenant(), sequence.tokens(), limit);
		var slid = sequence.slidesCache() ? longest(sequence.slidTenant(), sequence.tokens(), limit) : null;
		return match == null || slid != null && slid.length() > match.length() ? slid : match;
	}

	private @Nullable Match<Slot> longest(String tenant, int[] tokens, int limit) {
		var tree = prefixes.get(tenant);
		return tree == null ? null : tree.longest(tokens, limit).orElse(null);
	}

	/** Rows of neighbouring slots in which sequences run. */
	List<List<Slot>> rows() {
		var rows = new ArrayList<List<Slot>>();
		boolean open = false;
		for (var slot : slots) {
			if (slot.free()) {
				open = false;
			} else if (open) {
				rows.getLast().add(slot);
			} else {
				rows.add(new ArrayList<>(List.of(slot)));
				open = true;
			}
		}
		return rows;
	}

	/** The slot after a row, or the one before it if it ends with the last. */
	Slot besides(List<Slot> row) {
		int after = row.getLast().index() + 1;
		return slots.get(after < slots.size() ? after : row.getFirst().index() - 1);
	}

	/** Gives a free slot to a sequence, started there, of whose first tokens it holds so many. */
	void occupy(Slot slot, Sequence sequence, int computed) {
		forget(slot);
		slot.occupy(sequence, ++uses);
		index(slot, sequence.tokens(), computed);
	}

	/** Makes what a running sequence has computed known to others. */
	void computed(Sequence sequence) {
		var slot = of(sequence);
		unindex(slot);
		index(slot, sequence.tokens(), sequence.computed());
	}

	/** A step was computed. */
	void stepped() {
		slots.forEach(Slot::stepped);
	}

	/** A sequence has ended, its computed tokens stay. */
	void retain(Slot slot, Sequence sequence) {
		unindex(slot);
		// A draft may have gone on beyond the token that ended the reply.
		int length = Math.min(sequence.computed(), sequence.length());
		slot.retain(Arrays.copyOf(sequence.tokens(), length), ++uses);
		index(slot, slot.retained(), slot.retained().length);
	}

	/** The slot holds nothing any more. */
	void forget(Slot slot) {
		unindex(slot);
		slot.retain(new int[0], uses);
	}

	private void index(Slot slot, int[] tokens, int length) {
		slot.cached = insert(slot.tenant(), slot, tokens, Math.min(length, slot.exact()));
		slot.cachedSlid = length > slot.exact() ? insert(slot.slidTenant(), slot, tokens, length) : null;
	}

	private @Nullable Entry<Slot> insert(String tenant, Slot slot, int[] tokens, int length) {
		return length == 0
				? null
				: prefixes.computeIfAbsent(tenant, _ -> new TokenRadixTree<>()).insert(tokens, length, slot);
	}

	private void unindex(Slot slot) {
		remove(slot.tenant(), slot.cached);
		remove(slot.slidTenant(), slot.cachedSlid);
		slot.cached = null;
		slot.cachedSlid = null;
	}

	private void remove(String tenant, @Nullable Entry<Slot> entry) {
		var tree = entry == null ? null : prefixes.get(tenant);
		if (tree != null && entry != null) {
			tree.remove(entry);
			if (tree.size() == 0) {
				prefixes.remove(tenant);
			}
		}
	}

}
