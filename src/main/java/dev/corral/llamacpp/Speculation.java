package dev.corral.llamacpp;

import java.util.ArrayList;
import java.util.List;

import dev.corral.llamacpp.DraftGain.Candidate;
import dev.corral.llamacpp.StepPlan.Chunk;

/**
 * Speculative decoding: adds to the decoding chunks of a step what is likely to come next, where that pays, and learns from what came.
 * The sampler decides over each token as it would without, so replies are the same; they only come in fewer steps. What it proposes
 * comes from {@link PromptLookup}, how much of that is taken from {@link DraftGain}.
 *
 * <p>Owned by the engine thread.
 */
final class Speculation {

	/** Longer drafts are rarely right to the end. */
	static final int MOST_DRAFTED = 8;

	private final DraftCounters counters;

	private final DecodePasses passes;

	private final DecodeCost cost;

	private final DraftGain gain;

	private final long targetNanos;

	/**
	 * @param separate whether each slot has a buffer of its own
	 * @param counters told of every drafted token
	 */
	Speculation(SchedulerOptions options, boolean separate, DraftCounters counters) {
		this.counters = counters;
		passes = new DecodePasses(separate);
		cost = new DecodeCost(Math.min(options.stepTokens(), options.slots() * (1 + MOST_DRAFTED)));
		gain = new DraftGain(cost, passes);
		targetNanos = options.interTokenLatencyTarget().toNanos();
	}

	/**
	 * The same chunks, with drafts where they pay. Asked again for the same chunks, it answers the same.
	 *
	 * @param chunks of sequences that decode
	 * @param budget most drafted tokens in all
	 */
	List<Chunk> extend(List<Chunk> chunks, int budget) {
		var drafts = new ArrayList<List<Integer>>(chunks.size());
		var candidates = new ArrayList<Candidate>(chunks.size());
		for (var chunk : chunks) {
			var sequence = chunk.sequence();
			// The step gives one token more than it drafts.
			int most = chunk.completes() ? Math.min(MOST_DRAFTED, sequence.tokensLeft() - 1) : 0;
			var draft = most > 0
					? sequence.lookup().propose(sequence.tokens(), sequence.length(), most).tokens()
					: List.<Integer>of();
			drafts.add(draft);
			candidates.add(new Candidate(chunk.slot(), chunk.count(), draft.size(),
					draft.isEmpty() ? 0 : sequence.lookup().acceptance()));
		}
		var lengths = gain.lengths(candidates, budget, targetNanos);
		var extended = new ArrayList<Chunk>(chunks.size());
		for (int i = 0; i < lengths.length; i++) {
			extended.add(chunks.get(i).withDraft(drafts.get(i).subList(0, lengths[i])));
		}
		return extended;
	}

	/** Learns how long the calls of a step took. */
	void observe(StepPlan plan, List<StepOutcome.Call> calls) {
		var decoding = plan.chunks().stream().filter(Chunk::decodes).toList();
		int tokens = decoding.stream().mapToInt(Chunk::size).sum();
		for (var call : calls) {
			// One of fewer tokens is part of a step that had no room.
			if (tokens > 0 && call.decodeTokens() == tokens && call.prefillTokens() == 0) {
				cost.observe(passes.of(decoding.stream()
						.map(chunk -> new DecodePasses.Part(chunk.slot(), chunk.size()))
						.toList()), call.nanos());
			}
		}
	}

	/** Learns what came after a chunk. */
	void observe(Chunk chunk, List<SampledToken> sampled) {
		if (chunk.decodes()) {
			chunk.sequence().lookup().observe(chunk.to(), sampled);
			counters.add(chunk.draft().size(), Math.min(sampled.size() - 1, chunk.draft().size()));
		}
	}

}
