package dev.corral.llamacpp;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.corral.llamacpp.TokenRadixTree.Match;

/**
 * Decides which waiting sequence gets which slot, and where its first tokens come from. It looks at what the context holds now and
 * names the next change; the policy, in order:
 * <ol>
 * <li>Sequences are placed by rank: the highest priority first, then the oldest.
 * <li>One whose prompt begins like another's that is being prefilled right now waits for it, and the next may go ahead: what
 * they share is computed once.
 * <li>Without a free slot, a running sequence of lower priority is swapped out if it was there for a step.
 * <li>The longest prefix is taken, from the slots or from the store. A slot that holds little else is used as it is; otherwise the
 * prefix is copied, so that both rows stay cached. Where a sequence allows it and more can be had that way, what a slot holds slides up
 * ({@link Slide}).
 * <li>The slot it goes to is an empty one, or the one that was not used for longest, whose content goes to the store.
 * <li>Where that matters, running sequences are brought into neighbouring slots.
 * <li>Where the sequences can outgrow the key-value cache together, one is placed only when it fits beside the others. When the
 * cache is full all the same, ended sequences make room first, then the running one of the lowest rank is swapped out.
 * </ol>
 * Owned by the engine thread.
 */
final class Placement {

	/** Copying or sliding costs more than computing for fewer tokens. */
	static final int WORTH_COPYING = 32;

	/** Room for the next tokens of each running sequence, kept free so that a new one does not push another out at once. */
	private static final int HEADROOM_TOKENS = 32;

	private final Slots slots;

	private final WaitingLine waiting;

	private final StateStore store;

	private final StepCost cost;

	private final int cacheTokens;

	private final boolean separate;

	private final Sliding sliding;

	/**
	 * @param cacheTokens cells of the key-value cache
	 * @param cache what the slots hold
	 */
	Placement(Slots slots, WaitingLine waiting, StateStore store, StepCost cost, int cacheTokens,
			KvCache cache) {
		this.cost = cost;
		separate = cache.separate();
		sliding = new Sliding(slots, cache);
		this.slots = slots;
		this.waiting = waiting;
		this.store = store;
		this.cacheTokens = cacheTokens;
	}

	/** The next change that lets a waiting sequence run; {@code null} if there is none to make now. */
	@Nullable
	Move next() {
		for (var candidate : waiting) {
			var prefix = candidate.swapped() == null ? lookUp(candidate) : Prefix.NONE;
			var found = prefix.found();
			if (found != null && found.progress() == StateStore.Progress.STORED) {
				return new Move.Fetch(candidate, found);
			}
			if (!prefix.beingPrefilled() && (found == null || found.progress() == StateStore.Progress.READY)) {
				var move = makeRoomAndPlace(candidate, prefix);
				return move == null ? closeRanks() : move;
			}
		}
		return closeRanks();
	}

	/** Brings a sequence that runs apart from the others next to the longest row of them. */
	private @Nullable Move closeRanks() {
		var rows = separate ? slots.rows() : List.<List<Slot>>of();
		if (rows.size() < 2) {
			return null;
		}
		rows.sort(Comparator.comparingInt(List::size));
		var target = slots.besides(rows.getLast());
		return target.empty()
				? new Move.Relocate(Objects.requireNonNull(rows.getFirst().getFirst().sequence()), target)
				: evict(target);
	}

	private @Nullable Move makeRoomAndPlace(Sequence candidate, Prefix prefix) {
		var free = slots.freeOtherThan(null);
		if (free == null) {
			return preemptFor(candidate);
		}
		var place = prefix.place();
		if (!fits(candidate, place == null ? 0 : place.slot().tokens())) {
			var oldest = slots.leastRecentlyUsed(place == null ? null : place.slot());
			return oldest == null ? preemptFor(candidate) : evict(oldest);
		}
		if (place != null) {
			boolean keep = place.slot().tokens() <= place.slot().exact() && worthKeeping(place.slot());
			return new Move.Place(candidate, place.slot(), new Move.Source.Slid(place.slide(), keep));
		}
		return candidate.swapped() == null
				? placeNew(candidate, prefix)
				: place(candidate, free, new Move.Source.Swapped(candidate.computed()));
	}

	/** The change that makes room for a running sequence whose tokens found none. */
	Move makeRoomFor(Sequence sequence) {
		var oldest = slots.leastRecentlyUsed();
		if (oldest != null) {
			return evict(oldest);
		}
		var running = slots.running();
		return running.size() > 1 ? new Move.SwapOut(running.getLast()) : new Move.GiveUp(sequence);
	}

	private @Nullable Move preemptFor(Sequence candidate) {
		var running = slots.running();
		if (running.isEmpty() || running.getLast().priority() >= candidate.priority()) {
			return null;
		}
		// What it takes along may be the prefix that the candidate was going to use. The candidate then may have to wait for
		// another's, and this one comes back into the free slot: without a step between, that would go on for ever.
		return slots.of(running.getLast()).fresh() ? null : new Move.SwapOut(running.getLast());
	}

	/** @param replaced so many tokens that a slot holds now make room for the candidate's own */
	private boolean fits(Sequence candidate, int replaced) {
		int running = slots.runningCount();
		int others = slots.tokens() - replaced;
		return running == 0 && others == 0
				|| others + candidate.length() + (running + 1) * HEADROOM_TOKENS <= cacheTokens;
	}

	/** What there is of a sequence's tokens, inside the context and outside. */
	private Prefix lookUp(Sequence candidate) {
		// The last token is always computed, for what follows it; all are if each is to tell what follows it.
		int limit = candidate.scores() == null ? candidate.length() - 1 : 0;
		var match = slots.longest(candidate, limit);
		int cached = match == null ? 0 : match.length();
		var fetched = candidate.fetched();
		var stored = fetched != null ? fetched : stored(candidate, limit);
		var found = stored != null && stored.tokens() >= cached + WORTH_COPYING ? stored : null;
		var place = slide(candidate, limit, (found == null ? cached : found.tokens()) + WORTH_COPYING);
		return place == null
				? new Prefix(match, found, null, isBeingPrefilled(candidate, limit, cached))
				: new Prefix(null, null, place, isBeingPrefilled(candidate, limit, place.slide().tokens()));
	}

	private StateStore.@Nullable Found stored(Sequence candidate, int limit) {
		var found = store.longest(candidate.tenant(), candidate.tokens(), limit);
		var slid = candidate.slidesCache() ? store.longest(candidate.slidTenant(), candidate.tokens(), limit) : null;
		return found == null || slid != null && slid.tokens() > found.tokens() ? slid : found;
	}

	/** Where something can slide up so that the sequence has at least so many tokens there. */
	private Sliding.@Nullable Place slide(Sequence candidate, int limit, int least) {
		var best = sliding.best(candidate, limit, least);
		if (best == null) {
			return null;
		}
		int tokens = cost.worthReusing(best.slide().tokens(), candidate.length());
		return tokens < least ? null : new Sliding.Place(best.slot(), best.slide().shortenedTo(tokens));
	}

	/** Where a sequence begins that does not bring its tokens along. */
	private Move placeNew(Sequence candidate, Prefix prefix) {
		if (prefix.found() != null) {
			int stored = cost.worthReusing(prefix.found().tokens(), candidate.length());
			return place(candidate, requireFree(null), new Move.Source.Stored(prefix.found(), stored));
		}
		if (prefix.match() == null) {
			return place(candidate, requireFree(null), Move.Source.NOWHERE);
		}
		int cached = cost.worthReusing(prefix.match().length(), candidate.length());
		var holder = prefix.match().entry().value();
		var other = slots.freeOtherThan(holder);
		if (holder.free() && (other == null || holder.tokens() - cached <= Math.max(WORTH_COPYING, cached / 8))) {
			return takeOver(candidate, holder, cached);
		}
		if (cached < WORTH_COPYING) {
			return place(candidate, requireFree(null), Move.Source.NOWHERE);
		}
		var target = requireFree(holder);
		return target.holds(candidate, cached)
				? takeOver(candidate, target, cached)
				: place(candidate, target, new Move.Source.Copy(holder, cached));
	}

	/** Whether a running sequence has come as far as anything cached, and is on its way to a longer common prefix. */
	private boolean isBeingPrefilled(Sequence candidate, int limit, int cached) {
		for (var sequence : slots.running()) {
			if (sequence.state() == SequenceState.PREFILL && sequence.tenant().equals(candidate.tenant())) {
				int end = Math.min(limit, sequence.length());
				int mismatch = Arrays.mismatch(sequence.tokens(), 0, end, candidate.tokens(), 0, end);
				int same = mismatch < 0 ? end : mismatch;
				int common = candidate.slidesCache() ? same : Math.min(same, sequence.exact());
				if (common >= WORTH_COPYING && cached <= sequence.computed() && sequence.computed() < common) {
					return true;
				}
			}
		}
		return false;
	}

	private Move takeOver(Sequence candidate, Slot holder, int cached) {
		boolean keep = holder.tokens() - cached >= WORTH_COPYING && worthKeeping(holder);
		return new Move.Place(candidate, holder, new Move.Source.InPlace(cached, keep));
	}

	/** Places a sequence in a free slot, once that is empty. */
	private Move place(Sequence candidate, Slot slot, Move.Source source) {
		return slot.empty() ? new Move.Place(candidate, slot, source) : evict(slot);
	}

	private Move evict(Slot slot) {
		return new Move.Evict(slot, worthKeeping(slot));
	}

	/** Whether what an ended sequence left is to be stored before it goes. */
	boolean worthKeeping(Slot slot) {
		return store.keeps(slot.retained().length) && !store.holds(slot.sharers(), slot.retained());
	}

	private Slot requireFree(@Nullable Slot excluded) {
		var slot = slots.freeOtherThan(excluded);
		if (slot == null) {
			throw new IllegalStateException("there is no free slot");
		}
		return slot;
	}

	/**
	 * What a sequence could begin from.
	 *
	 * @param match in the slots
	 * @param found outside, where that is much longer
	 * @param place where something can slide up, if that is much longer still
	 * @param beingPrefilled whether a longer one is being computed
	 */
	private record Prefix(@Nullable Match<Slot> match, StateStore.@Nullable Found found,
			Sliding.@Nullable Place place, boolean beingPrefilled) {

		static final Prefix NONE = new Prefix(null, null, null, false);
	}

}
