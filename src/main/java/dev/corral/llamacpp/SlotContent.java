package dev.corral.llamacpp;

import dev.corral.inference.CacheStatistics;
import dev.corral.inference.InferenceFailure;
import dev.corral.llamacpp.internal.NativeBytes;

/** Makes the {@linkplain Move changes} to what the slots of the context hold, and counts them. Owned by the engine thread. */
final class SlotContent {

	private final KvCache cache;

	private final StateStore store;

	private final Slots slots;

	private final WaitingLine waiting;

	private final CacheUse cacheUse = new CacheUse();

	/**
	 * @param cache what the slots hold
	 * @param store where it goes when they need the room
	 */
	SlotContent(KvCache cache, StateStore store, Slots slots, WaitingLine waiting) {
		this.cache = cache;
		this.store = store;
		this.slots = slots;
		this.waiting = waiting;
	}

	CacheStatistics.Context use() {
		return cacheUse.read(slots.retainedTokens());
	}

	/** Makes a change. */
	void apply(Move move, long nanos) {
		switch (move) {
			case Move.Evict(Slot slot, boolean keep) -> {
				if (keep) {
					keep(slot);
				}
				empty(slot);
			}
			case Move.SwapOut(Sequence sequence) -> {
				var slot = slots.of(sequence);
				sequence.swapOut(sequence.computed() == 0 ? null : cache.save(slot.index()));
				cacheUse.swappedOut();
				empty(slot);
				waiting.add(sequence);
			}
			case Move.Fetch(Sequence sequence, StateStore.Found found) -> sequence.fetch(found);
			case Move.Place(Sequence sequence, Slot slot, Move.Source source) -> {
				waiting.remove(sequence);
				if (!(source instanceof Move.Source.Stored) && sequence.state() == SequenceState.QUEUED) {
					store.missed();
				}
				int exact = exact(slot, sequence, source);
				int cached = fill(slot, sequence, source);
				cacheUse.placed(sequence, cached);
				sequence.start(slot.index(), cached, cached <= exact ? Sequence.ALL : exact, nanos);
				slots.occupy(slot, sequence, cached);
			}
			case Move.Relocate(Sequence sequence, Slot slot) -> {
				var from = slots.of(sequence);
				cache.copy(from.index(), slot.index(), sequence.computed());
				empty(from);
				slots.occupy(slot, sequence, sequence.computed());
				sequence.relocate(slot.index());
			}
			case Move.GiveUp(Sequence sequence) -> {
				sequence.fail(new InferenceFailure.DecodeFailed(
						"the key-value cache has no room for %d tokens".formatted(sequence.length())));
				empty(slots.of(sequence));
			}
		}
	}

	/** Copies what an ended sequence left in a slot to the store. */
	void keep(Slot slot) {
		var state = cache.save(slot.index());
		if (state != null) {
			store.put(slot.sharers(), slot.retained(), state);
		}
	}

	/** The slot holds nothing any more. */
	void empty(Slot slot) {
		cache.truncate(slot.index(), 0);
		slots.forget(slot);
	}

	/** How many of the first tokens that a source provides are as if computed from the first one on. */
	private static int exact(Slot slot, Sequence sequence, Move.Source source) {
		return switch (source) {
			case Move.Source.Nowhere() -> Sequence.ALL;
			case Move.Source.InPlace _ -> slot.exact();
			case Move.Source.Slid(Slide slide, boolean _) -> Math.min(slide.head(), slot.exact());
			case Move.Source.Copy(Slot from, int _) -> from.exact();
			case Move.Source.Stored(StateStore.Found found, int _) ->
				found.tenant().equals(sequence.tenant()) ? Sequence.ALL : 0;
			case Move.Source.Swapped _ -> sequence.exact();
		};
	}

	/** Returns how many tokens the slot then holds; all of them are the sequence's. */
	private int fill(Slot slot, Sequence sequence, Move.Source source) {
		return switch (source) {
			case Move.Source.Nowhere() -> {
				cache.truncate(slot.index(), 0);
				yield 0;
			}
			case Move.Source.InPlace(int tokens, boolean keep) -> {
				if (keep) {
					keep(slot);
				}
				cache.truncate(slot.index(), tokens);
				yield tokens;
			}
			case Move.Source.Slid(Slide slide, boolean keep) -> {
				if (keep) {
					keep(slot);
				}
				yield slide(slot.index(), slide);
			}
			case Move.Source.Copy(Slot from, int tokens) -> {
				cache.copy(from.index(), slot.index(), tokens);
				yield tokens;
			}
			case Move.Source.Stored(StateStore.Found found, int tokens) -> {
				try (found) {
					yield restore(slot.index(), found.state(), tokens);
				}
			}
			case Move.Source.Swapped(int tokens) -> {
				var state = sequence.swapped();
				yield state == null ? 0 : restore(slot.index(), state, tokens);
			}
		};
	}

	private int slide(int slot, Slide slide) {
		cache.truncate(slot, slide.end());
		if (!cache.slide(slot, slide.head(), slide.from())) {
			cache.truncate(slot, slide.head());
			return slide.head();
		}
		cacheUse.slid();
		return slide.tokens();
	}

	private int restore(int slot, NativeBytes state, int tokens) {
		if (!cache.restore(slot, state)) {
			return 0;
		}
		cache.truncate(slot, tokens);
		return tokens;
	}

}
