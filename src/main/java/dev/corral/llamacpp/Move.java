package dev.corral.llamacpp;

/** One change of what the context holds, made between two steps. */
sealed interface Move {

	/**
	 * What an ended sequence left behind makes room.
	 *
	 * @param keep whether it is worth a place outside the context
	 */
	record Evict(Slot slot, boolean keep) implements Move {
	}

	/** A running sequence makes room and waits to go on. */
	record SwapOut(Sequence sequence) implements Move {
	}

	/** A stored prefix is read from where it takes time to read; the sequence waits for it. */
	record Fetch(Sequence sequence, StateStore.Found found) implements Move {
	}

	/** A waiting sequence begins to run, or goes on, in a free slot. */
	record Place(Sequence sequence, Slot slot, Source source) implements Move {
	}

	/** A running sequence goes to an empty slot, next to others. */
	record Relocate(Sequence sequence, Slot slot) implements Move {
	}

	/** Nothing more can be moved to make the room that this sequence needs. */
	record GiveUp(Sequence sequence) implements Move {
	}

	/** Where the first tokens of a placed sequence come from. */
	sealed interface Source {

		Source NOWHERE = new Nowhere();

		/** How many tokens it provides. */
		int tokens();

		/** All are to be computed. */
		record Nowhere() implements Source {

			@Override
			public int tokens() {
				return 0;
			}

		}

		/**
		 * The slot holds them.
		 *
		 * @param keep whether what it holds beyond them is worth a place outside the context
		 */
		record InPlace(int tokens, boolean keep) implements Source {
		}

		/**
		 * The slot holds them, but not all where they belong: a part of what it holds slides up. A step must be computed before the next move.
		 *
		 * @param keep whether what it holds is worth a place outside the context before
		 */
		record Slid(Slide slide, boolean keep) implements Source {

			@Override
			public int tokens() {
				return slide.tokens();
			}

		}

		/** Another slot holds them. */
		record Copy(Slot from, int tokens) implements Source {
		}

		/** They are stored outside the context. */
		record Stored(StateStore.Found found, int tokens) implements Source {
		}

		/** The sequence took them along when it was swapped out. */
		record Swapped(int tokens) implements Source {
		}

	}

}
