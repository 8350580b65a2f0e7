package dev.corral.llamacpp;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Looks for slots in which what an ended sequence left can slide up for a new one. Only a free slot's tokens may move, and only those that
 * no other slot shares cells with: moved for one they would be moved for all. Owned by the engine thread.
 */
final class Sliding {

	/** Attention needs so many first tokens of what it has seen (Xiao et al., ICLR 2024, section 3.1). */
	private static final int SINK_TOKENS = 4;

	private final Slots slots;

	private final boolean possible;

	private final boolean separate;

	/** @param cache what the slots hold */
	Sliding(Slots slots, KvCache cache) {
		this.slots = slots;
		possible = cache.canSlide();
		separate = cache.separate();
	}

	/**
	 * The slot where the most tokens of a sequence would then be, and how.
	 *
	 * @param limit how many of the sequence's tokens count
	 * @param least fewer tokens are not worth it
	 * @return {@code null} if there is none
	 */
	@Nullable
	Place best(Sequence sequence, int limit, int least) {
		if (!possible || !sequence.slidesCache() || limit < least) {
			return null;
		}
		Place best = null;
		int most = least - 1;
		for (var slot : slots.retained()) {
			var slide = slot.tenant().equals(sequence.tenant()) && slot.tokens() > most
					? Slide.of(slot.retained(), sequence.tokens(), limit)
					: null;
			if (slide != null && slide.head() >= SINK_TOKENS && slide.tokens() > most
					&& slide.from() >= sharedTokens(slot)) {
				best = new Place(slot, slide);
				most = slide.tokens();
			}
		}
		return best;
	}

	/**
	 * How many of a slot's first tokens may be in cells that are another slot's too. Cells are shared by copying a beginning within a tenant,
	 * so two slots share at most as far as they hold the same.
	 */
	private int sharedTokens(Slot slot) {
		int shared = 0;
		for (var other : slots.all()) {
			if (!separate && other != slot && other.tenant().equals(slot.tenant())) {
				int length = Math.min(slot.retained().length, other.computed());
				int mismatch = Arrays.mismatch(slot.retained(), 0, length, other.held(), 0, length);
				shared = Math.max(shared, mismatch < 0 ? length : mismatch);
			}
		}
		return shared;
	}

	/** A slot, and what is to be done there. */
	record Place(Slot slot, Slide slide) {
	}

}
