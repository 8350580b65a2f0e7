package dev.corral.llamacpp;

import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.corral.llamacpp.DraftGain.Choice;

/**
 * Decides when the draft model does more than propose: it is left alone where it does not pay, so there may be much to catch up with, in
 * pieces that fit into a step.
 * <ol>
 * <li>It catches up with a sequence when its drafts would have saved as much time in the reply so far, by what is known of them, as that
 * takes. So at most as much is lost where the reply then ends as was lost by waiting.
 * <li>Otherwise it does so as {@link DraftCredit} allows, and proposes a token in at most one of {@value #TRIAL_EVERY} steps, which is
 * compared with the one that comes.
 * </ol>
 * Owned by the engine thread.
 */
final class DraftCatchUp {

	private static final int TRIAL_EVERY = 8;

	private final DraftGain gain;

	private final DraftingCost cost;

	private final int stepTokens;

	private final DraftCredit credit = new DraftCredit();

	private long steps;

	/** @param stepTokens most tokens of a piece */
	DraftCatchUp(DraftGain gain, DraftingCost cost, int stepTokens) {
		this.gain = gain;
		this.cost = cost;
		this.stepTokens = stepTokens;
	}

	/**
	 * What to do in a step, if anything.
	 *
	 * @param best the drafts of the step
	 * @param budget most drafted tokens in all
	 */
	Drafter.@Nullable Task next(List<DraftSources> sequences, Choice best, int budget, long targetNanos) {
		if (best.rate() == 0 || best.spareNanos() <= 0) {
			return null;
		}
		var nearest = sequences.stream()
				.filter(DraftSources::draftable)
				.sorted(Comparator.comparingInt(DraftSources::missing))
				.toList();
		var behind = nearest.stream().filter(one -> !one.caughtUp()).toList();
		if (!behind.isEmpty() && cost.known()) {
			double saved = savedPerToken(sequences, best, budget, targetNanos);
			for (var one : behind) {
				var sequence = one.chunk().sequence();
				if (saved * Math.min(sequence.replyTokens(), sequence.tokensLeft()) > cost
						.catchUpNanos(one.missing())) {
					return catchUp(one, best, false);
				}
			}
		}
		return nearest.isEmpty() || best.draftingNanos() > 0 ? null : trial(nearest.getFirst(), best);
	}

	/** How much sooner each token would come if it were caught up with all of them, in nanoseconds; 0 if that would not pay. */
	private double savedPerToken(List<DraftSources> sequences, Choice best, int budget, long targetNanos) {
		var then = gain.choose(sequences.stream().map(DraftSources::onceCaughtUp).toList(), budget, targetNanos);
		return then.draftingNanos() == 0 ? 0 : Math.max(0, 1 / best.rate() - 1 / then.rate());
	}

	private Drafter.@Nullable Task trial(DraftSources nearest, Choice best) {
		if (!nearest.caughtUp()) {
			return credit.covers(cost.catchUpNanos(nearest.missing())) ? catchUp(nearest, best, true) : null;
		}
		double nanos = cost.nanos(nearest.missing());
		return steps % TRIAL_EVERY == 0 && nanos <= best.spareNanos() && credit.covers(nanos)
				? new Drafter.Task(nearest.chunk().sequence(), 0, 1, true)
				: null;
	}

	private Drafter.Task catchUp(DraftSources behind, Choice best, boolean trial) {
		// The last token is computed when the next is proposed.
		int piece = StepCost.nextChunk(behind.missing() - 1,
				Math.min(stepTokens, cost.tokensWithin(best.spareNanos())));
		return new Drafter.Task(behind.chunk().sequence(), piece, 0, trial);
	}

	/**
	 * A step was computed that only decodes.
	 *
	 * @param nanos how long it took
	 */
	void stepped(long nanos) {
		steps++;
		credit.earn(nanos);
	}

	/** A trial was made. */
	void tried(long nanos) {
		credit.spend(nanos);
	}

}
