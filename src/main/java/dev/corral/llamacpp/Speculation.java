package dev.corral.llamacpp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.corral.llamacpp.DraftGain.Candidate;
import dev.corral.llamacpp.DraftGain.Choice;
import dev.corral.llamacpp.StepPlan.Chunk;

/**
 * Speculative decoding: adds to the decoding chunks of a step what is likely to come next, where that pays, and learns from what came.
 * The sampler decides over each token as it would without, so replies are the same; they only come in fewer steps.
 *
 * <p>What is proposed comes from {@link PromptLookup} or from a {@link Drafter}, whichever has been right more often in a sequence; how
 * much of that is taken from {@link DraftGain}, which also compares it with look-ups alone. When the drafter catches up with a sequence
 * is up to {@link DraftCatchUp}.
 *
 * <p>Owned by the engine thread.
 */
final class Speculation {

	/** Longer drafts are rarely right to the end. */
	static final int MOST_DRAFTED = 8;

	/** So many tokens the draft model computes on the way when it proposes; with more it catches up first. */
	static final int MOST_MISSING = 16;

	private final Drafter drafter;

	private final DraftCounters counters;

	private final DecodePasses passes;

	private final DecodeCost cost;

	private final DraftingCost draftingCost;

	private final DraftGain gain;

	private final DraftCatchUp catchUp;

	/** How often the draft model has been right in all sequences. */
	private final Acceptance draftModel = new Acceptance();

	/** What it has proposed in this step. */
	private final Map<Sequence, List<Integer>> proposed = new HashMap<>();

	/** Whether that is only compared with what comes. */
	private boolean trial;

	private final int mostMissing;

	private final long targetNanos;

	/**
	 * @param separate whether each slot has a buffer of its own
	 * @param counters told of every drafted token
	 */
	Speculation(SchedulerOptions options, boolean separate, Drafter drafter, DraftCounters counters) {
		this.drafter = drafter;
		this.counters = counters;
		mostMissing = Math.min(MOST_MISSING, options.stepTokens());
		passes = new DecodePasses(separate);
		cost = new DecodeCost(Math.min(options.stepTokens(), options.slots() * (1 + MOST_DRAFTED)));
		draftingCost = new DraftingCost(Math.min(options.stepTokens(), options.slots() * MOST_MISSING));
		gain = new DraftGain(cost, passes, draftingCost);
		catchUp = new DraftCatchUp(gain, draftingCost, options.stepTokens());
		targetNanos = options.interTokenLatencyTarget().toNanos();
	}

	/**
	 * The same chunks, with drafts where they pay. Asked again for the same chunks, it answers the same.
	 *
	 * @param chunks of sequences that decode
	 * @param budget most drafted tokens in all
	 */
	Drafts extend(List<Chunk> chunks, int budget) {
		var sources = chunks.stream().map(this::sources).toList();
		var candidates = sources.stream().map(DraftSources::lookedUp).toList();
		var best = gain.choose(candidates, budget, targetNanos);
		if (draftingCost.known() && !best.trial()) {
			var likelier = sources.stream().map(DraftSources::likelier).toList();
			var mixed = gain.choose(likelier, budget, targetNanos);
			if (mixed.draftingNanos() > 0 && (mixed.trial() || mixed.rate() > best.rate())) {
				candidates = likelier;
				best = mixed;
			}
		}
		return drafts(sources, candidates, best, catchUp.next(sources, best, budget, targetNanos));
	}

	private DraftSources sources(Chunk chunk) {
		var sequence = chunk.sequence();
		// The step gives one token more than it drafts.
		int most = chunk.completes() ? Math.min(MOST_DRAFTED, sequence.tokensLeft() - 1) : 0;
		var lookup = most > 0
				? sequence.lookup().propose(sequence.tokens(), sequence.length(), most).tokens()
				: List.<Integer>of();
		int missing = most > 0 ? drafter.missing(sequence) : Drafter.NEVER;
		return new DraftSources(chunk, lookup, sequence.lookup().acceptance(),
				missing == Drafter.NEVER ? 0 : Math.clamp(drafter.window() - sequence.length(), 0, most),
				sequence.draftModelOr(draftModel).probability(), missing, mostMissing);
	}

	private Drafts drafts(List<DraftSources> sources, List<Candidate> candidates, Choice choice,
			Drafter.@Nullable Task besides) {
		var chunks = new ArrayList<Chunk>(sources.size());
		var tasks = new ArrayList<Drafter.Task>();
		int tokens = 0;
		for (int i = 0; i < sources.size(); i++) {
			var source = sources.get(i);
			int length = choice.lengths()[i];
			tokens += length;
			if (candidates.get(i).missing() == 0) {
				chunks.add(source.chunk().withDraft(source.lookup().subList(0, length)));
			} else {
				chunks.add(source.chunk());
				if (length > 0) {
					tasks.add(new Drafter.Task(source.chunk().sequence(), 0, length, false));
				}
			}
		}
		double nanos = choice.draftingNanos();
		if (besides != null) {
			tasks.add(besides);
			nanos += draftingCost.catchUpNanos(besides.catchUp()) + draftingCost.nanos(besides.propose());
		}
		return new Drafts(chunks, tasks, tokens, (long) nanos);
	}

	/** Takes what the draft model has proposed over into the plan, and learns how long that took. */
	StepPlan fill(StepPlan plan, Drafter.Drafted drafted) {
		proposed.clear();
		trial = plan.drafting().stream().anyMatch(Drafter.Task::trial);
		draftingCost.observe(drafted.calls());
		if (trial) {
			catchUp.tried(drafted.calls().stream().mapToLong(StepOutcome.Call::nanos).sum());
		}
		for (int i = 0; i < drafted.proposals().size(); i++) {
			if (!drafted.proposals().get(i).isEmpty()) {
				proposed.put(plan.drafting().get(i).sequence(), drafted.proposals().get(i));
			}
		}
		return plan.withDrafts(sequence -> trial ? List.of() : proposed.getOrDefault(sequence, List.of()));
	}

	/** Learns how long the calls of a step took. */
	void observe(StepPlan plan, List<StepOutcome.Call> calls) {
		var decoding = plan.chunks().stream().filter(Chunk::decodes).toList();
		int tokens = decoding.stream().mapToInt(Chunk::size).sum();
		for (var call : calls) {
			if (call.prefillTokens() == 0) {
				catchUp.stepped(call.nanos());
			}
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
		if (!chunk.decodes()) {
			return;
		}
		var sequence = chunk.sequence();
		sequence.lookup().observe(chunk.to(), sampled);
		var proposal = proposed.get(sequence);
		if (proposal != null) {
			sequence.draftModelAfter(draftModel).observe(proposal, sampled);
			draftModel.observe(proposal, sampled);
		}
		int accepted = Math.min(sampled.size() - 1, chunk.draft().size());
		var source = proposal == null || trial ? counters.promptLookup() : counters.draftModel();
		source.add(chunk.draft().size(), accepted);
	}

	/**
	 * The drafts of a step.
	 *
	 * @param chunks with those that are known already
	 * @param tasks what the draft model is to do before
	 * @param tokens drafted tokens in all
	 * @param modelNanos how long the tasks will take
	 */
	record Drafts(List<Chunk> chunks, List<Drafter.Task> tasks, int tokens, long modelNanos) {
	}

}
