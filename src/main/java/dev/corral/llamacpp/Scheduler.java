package dev.corral.llamacpp;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.IntConsumer;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.InferenceFailure;

/**
 * Iteration-level scheduling (Yu et al., "Orca", OSDI 2022): before each step it decides anew which tokens of which sequences
 * are computed together, so sequences join and leave between any two steps.
 *
 * <p>The policy, in order:
 * <ol>
 * <li>The step has a budget of tokens.
 * <li>Running sequences come before waiting ones. Those that decode need one token each and always get it.
 * <li>While any sequence decodes, prefill gets no more than fits into the latency target besides, as {@link StepCost} knows it: the
 * streams then go on smoothly while a long prompt is read. Otherwise it gets the whole budget.
 * <li>That goes to running prefills first, in the order of their slots, in chunks as large as it allows.
 * <li>Waiting sequences are admitted in the order they came, while there are free slots and budget is left.
 * </ol>
 *
 * <p>{@link #plan} only looks; {@link #apply} is the one place where a step changes anything. Owned by the engine thread.
 */
final class Scheduler {

	private final @Nullable Sequence[] slots;

	private final int stepTokens;

	private final long latencyTargetNanos;

	private final StepCost cost = new StepCost();

	private final Tokens vocabulary;

	private final IntConsumer freed;

	private final Deque<Sequence> waiting = new ArrayDeque<>();

	/**
	 * @param slots most sequences that run at once
	 * @param stepTokens most tokens one step computes, at least {@code slots}
	 * @param latencyTarget how long a step may take while sequences decode
	 * @param vocabulary what a sampled token means
	 * @param freed told each slot whose sequence has ended
	 */
	Scheduler(int slots, int stepTokens, Duration latencyTarget, Tokens vocabulary, IntConsumer freed) {
		if (stepTokens < slots) {
			throw new IllegalArgumentException(
					"a step of %d tokens cannot serve %d decoding sequences".formatted(stepTokens, slots));
		}
		this.slots = new Sequence[slots];
		this.stepTokens = stepTokens;
		this.latencyTargetNanos = latencyTarget.toNanos();
		this.vocabulary = vocabulary;
		this.freed = freed;
	}

	void submit(Sequence sequence) {
		waiting.add(sequence);
	}

	/** Ends a sequence wherever it is; one that has already ended is left alone. */
	void cancel(Sequence sequence) {
		if (!sequence.state().terminal()) {
			waiting.remove(sequence);
			sequence.cancel();
			release(sequence);
		}
	}

	/** Ends every sequence, running and waiting. */
	void failAll(InferenceFailure failure) {
		for (var sequence : running()) {
			sequence.fail(failure);
			release(sequence);
		}
		for (var sequence = waiting.poll(); sequence != null; sequence = waiting.poll()) {
			sequence.fail(failure);
		}
	}

	boolean idle() {
		return waiting.isEmpty() && running().isEmpty();
	}

	int runningCount() {
		return running().size();
	}

	int waitingCount() {
		return waiting.size();
	}

	StepPlan plan() {
		var chunks = new ArrayList<StepPlan.Chunk>(slots.length);
		var admissions = new ArrayList<StepPlan.Admission>();
		for (var sequence : running()) {
			if (sequence.state() == SequenceState.DECODE) {
				chunks.add(new StepPlan.Chunk(sequence, sequence.slot(), sequence.computed(), 1));
			}
		}
		int budget = prefillBudget(chunks.size());
		for (var sequence : running()) {
			if (sequence.state() == SequenceState.PREFILL && budget > 0) {
				budget -= addPrefill(sequence, sequence.slot(), budget, chunks);
			}
		}
		var candidates = waiting.iterator();
		for (int slot = 0; slot < slots.length && budget > 0 && candidates.hasNext(); slot++) {
			if (slots[slot] == null) {
				var sequence = candidates.next();
				admissions.add(new StepPlan.Admission(sequence, slot));
				budget -= addPrefill(sequence, slot, budget, chunks);
			}
		}
		return new StepPlan(admissions, chunks);
	}

	private int prefillBudget(int decoding) {
		int left = stepTokens - decoding;
		return decoding == 0 ? left : Math.min(left, cost.prefillTokensWithin(latencyTargetNanos));
	}

	private static int addPrefill(Sequence sequence, int slot, int budget, List<StepPlan.Chunk> chunks) {
		int count = Math.min(budget, sequence.length() - sequence.computed());
		chunks.add(new StepPlan.Chunk(sequence, slot, sequence.computed(), count));
		return count;
	}

	/**
	 * Carries a step's results over into the sequences.
	 *
	 * @param results one per chunk of the plan, in order
	 * @param startedNanos when the step began
	 * @param endedNanos when it was computed
	 */
	void apply(StepPlan plan, List<ChunkResult> results, long startedNanos, long endedNanos) {
		for (var admission : plan.admissions()) {
			waiting.remove(admission.sequence());
			slots[admission.slot()] = admission.sequence();
			admission.sequence().start(admission.slot(), startedNanos);
		}
		cost.observe(plan.decoding(), plan.prefillTokens(), endedNanos - startedNanos);
		for (int i = 0; i < results.size(); i++) {
			apply(plan.chunks().get(i), results.get(i), endedNanos);
		}
	}

	private void apply(StepPlan.Chunk chunk, ChunkResult result, long nanos) {
		var sequence = chunk.sequence();
		switch (result) {
			case ChunkResult.Computed() -> sequence.computedTo(chunk.to());
			case ChunkResult.Sampled(SampledToken token) -> {
				sequence.computedTo(chunk.to());
				sequence.accept(token, vocabulary.isEndOfGeneration(token.id()),
						vocabulary.piece(token.id()), nanos);
			}
			case ChunkResult.Failed(String reason) -> sequence.fail(new InferenceFailure.DecodeFailed(reason));
		}
		if (sequence.state().terminal()) {
			release(sequence);
		}
	}

	private void release(Sequence sequence) {
		for (int slot = 0; slot < slots.length; slot++) {
			if (slots[slot] == sequence) {
				slots[slot] = null;
				freed.accept(slot);
			}
		}
	}

	private List<Sequence> running() {
		var running = new ArrayList<Sequence>(slots.length);
		for (var sequence : slots) {
			if (sequence != null) {
				running.add(sequence);
			}
		}
		return running;
	}

	/** What sampled tokens mean. */
	interface Tokens {

		/** Whether a reply ends with this token. */
		boolean isEndOfGeneration(int token);

		/** The bytes a token stands for; not to be changed. */
		byte[] piece(int token);

	}

}
