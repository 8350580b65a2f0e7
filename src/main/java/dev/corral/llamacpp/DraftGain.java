package dev.corral.llamacpp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Decides how many tokens are drafted for each sequence of a step, so that the tokens per second of the whole step rise.
 *
 * <p>With {@code k} drafted tokens, each right with probability {@code p} if those before it are, a sequence gets
 * {@code 1 + p + ... + p^k = (1 - p^(k+1)) / (1 - p)} tokens from a step instead of 1 (Leviathan et al., "Fast Inference from
 * Transformers via Speculative Decoding", ICML 2023). All sequences wait for the step, so what is compared is the sum of that over
 * the sequences, divided by how long {@link DecodeCost} expects the step to take, and {@link DraftingCost} the draft model before it.
 *
 * <p>Drafts are tried in the order of what each further token brings, {@code p^k}, and also with the same length for all, which
 * takes fewer {@linkplain DecodePasses passes}. None makes a step longer than the limit. Where nothing of that size was computed
 * lately, drafts that bring much are computed once, so that their cost is known; the dearest of them at most doubles a step.
 *
 * <p>Owned by the engine thread.
 */
final class DraftGain {

	/** Drafts must promise so much more than none: they make replies come less evenly. */
	private static final double LEAST_GAIN = 1.05;

	/** What is tried to learn its cost yields at least so many times the tokens of a step without drafts. */
	private static final double WORTH_TRYING = 1.5;

	/** A token that is less likely than this to be right is not drafted. */
	private static final double LEAST_LIKELY = 0.1;

	/** Most ways of drafting that are compared in each order. */
	private static final int MOST_COMPARED = 64;

	private final DecodeCost cost;

	private final DecodePasses passes;

	private final DraftingCost drafting;

	DraftGain(DecodeCost cost, DecodePasses passes, DraftingCost drafting) {
		this.cost = cost;
		this.drafting = drafting;
		this.passes = passes;
	}

	/**
	 * The draft lengths of these sequences.
	 *
	 * @param budget most drafted tokens in all
	 * @param targetNanos how long the step may take, drafting included; where it takes longer without drafts, half as long again
	 */
	Choice choose(List<Candidate> sequences, int budget, long targetNanos) {
		var none = new int[sequences.size()];
		double alone = cost.estimate(passes(sequences, none));
		double plainRate = alone == 0 ? 0 : sequences.size() / alone;
		double limit = Math.max(targetNanos, 1.5 * alone);
		var best = new Choice(none, plainRate, limit - alone, 0, false);
		if (alone == 0 || budget <= 0 || sequences.stream().allMatch(sequence -> sequence.most() == 0)) {
			return best;
		}
		double leastRate = LEAST_GAIN * plainRate;
		for (var lengths : ways(sequences, budget)) {
			var split = passes(sequences, lengths);
			double draftingNanos = drafting.nanos(sequences, lengths);
			double nanos = cost.estimate(split) + draftingNanos;
			double tokens = expected(sequences, lengths);
			double highestRate = tokens / (alone + draftingNanos);
			if (unknown(split) && tokens >= WORTH_TRYING * sequences.size() && highestRate > leastRate
					&& nanos <= Math.max(targetNanos, 2 * alone)) {
				return new Choice(lengths, highestRate, limit - nanos, draftingNanos, true);
			}
			if (nanos <= limit && tokens / nanos > Math.max(leastRate, best.rate())) {
				best = new Choice(lengths, tokens / nanos, limit - nanos, draftingNanos, false);
			}
		}
		return best;
	}

	private boolean unknown(List<Integer> split) {
		return split.stream().anyMatch(tokens -> !cost.bounds(tokens));
	}

	/** Ways of drafting, the longest first. */
	private static List<int[]> ways(List<Candidate> sequences, int budget) {
		var ways = new ArrayList<int[]>();
		var tokens = byWorth(sequences);
		int total = Math.min(budget, tokens.size());
		int stride = 1 + total / MOST_COMPARED;
		var lengths = new int[sequences.size()];
		for (int drafted = 1; drafted <= total; drafted++) {
			lengths[tokens.get(drafted - 1).sequence()]++;
			if ((total - drafted) % stride == 0) {
				ways.addFirst(lengths.clone());
			}
		}
		int longest = sequences.stream().mapToInt(Candidate::reach).max().orElse(0);
		for (int each = 1; each <= longest; each++) {
			int length = each;
			var same = sequences.stream().mapToInt(sequence -> Math.min(length, sequence.reach())).toArray();
			if (Arrays.stream(same).sum() <= budget) {
				ways.add(same);
			}
		}
		return ways;
	}

	/** Each token that could be drafted, the most likely first; those of a sequence are in order. */
	private static List<Further> byWorth(List<Candidate> sequences) {
		var tokens = new ArrayList<Further>();
		for (int i = 0; i < sequences.size(); i++) {
			double worth = 1;
			for (int length = 1; length <= sequences.get(i).reach(); length++) {
				worth *= sequences.get(i).acceptance();
				tokens.add(new Further(i, worth));
			}
		}
		tokens.sort(Comparator.comparingDouble(Further::worth).reversed());
		return tokens;
	}

	private static double expected(List<Candidate> sequences, int[] lengths) {
		double sum = 0;
		for (int i = 0; i < lengths.length; i++) {
			double worth = 1;
			for (int length = 0; length <= lengths[i]; length++) {
				sum += worth;
				worth *= sequences.get(i).acceptance();
			}
		}
		return sum;
	}

	private List<Integer> passes(List<Candidate> sequences, int[] lengths) {
		var parts = new ArrayList<DecodePasses.Part>(lengths.length);
		for (int i = 0; i < lengths.length; i++) {
			parts.add(new DecodePasses.Part(sequences.get(i).slot(), sequences.get(i).tokens() + lengths[i]));
		}
		return passes.of(parts);
	}

	/**
	 * A sequence that decodes.
	 *
	 * @param tokens of its own in the step
	 * @param most tokens that can be drafted for it
	 * @param acceptance how likely each of them is right if those before it are, 0 to 1
	 * @param missing tokens that the draft model computes before it proposes the first of them; 0 if they are known already
	 */
	record Candidate(int slot, int tokens, int most, double acceptance, int missing) {

		/** How far drafted tokens are likely enough. */
		int reach() {
			int reach = 0;
			for (double likely = acceptance; reach < most && likely >= LEAST_LIKELY; likely *= acceptance) {
				reach++;
			}
			return reach;
		}

	}

	/**
	 * What was decided.
	 *
	 * @param lengths of the drafts, in the order of the sequences
	 * @param rate expected tokens per nanosecond; of a trial, if it takes no longer than a step without drafts. 0 if nothing is known
	 * @param spareNanos how much longer the step could take
	 * @param draftingNanos how long the draft model takes in it; 0 if nothing is proposed by it
	 * @param trial whether this is computed to learn what it costs
	 */
	record Choice(int[] lengths, double rate, double spareNanos, double draftingNanos, boolean trial) {
	}

	/** One more token for a sequence. */
	private record Further(int sequence, double worth) {
	}

}
