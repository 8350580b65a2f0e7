package dev.corral.llamacpp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.CacheStatistics;
import dev.corral.inference.InferenceFailure;
import dev.corral.inference.WorkStatistics;
import dev.corral.llamacpp.EngineSettings.Speculating;

/**
 * Iteration-level scheduling (Yu et al., "Orca", OSDI 2022): before each step it decides anew which tokens of which sequences
 * are computed together, so sequences join and leave between any two steps.
 *
 * <p>Between two steps, {@link #nextMove} says what is to change in the context, one change at a time ({@link Placement}), and
 * {@link #apply(Move, long)} does it. Then the step's policy is, in order:
 * <ol>
 * <li>The step has a budget of tokens.
 * <li>Sequences that decode come first. They need a token each, or a few, and always get one.
 * <li>What is likely to follow is drafted for them where that pays, within the budget ({@link Speculation}).
 * <li>While any sequence decodes, prefill gets no more than fits into the latency target besides, as {@link StepCost} knows it: the
 * streams then go on smoothly while a long prompt is read. Otherwise it gets the whole budget.
 * <li>The prompt of which least is left goes first, so that a short one need not wait for a long one; but in one of
 * {@value #OLDEST_FIRST_EVERY} steps the first by rank does, so that a long one need not wait for ever.
 * </ol>
 *
 * <p>{@link #nextMove} and {@link #plan} only look; {@link #fill} and the two {@code apply} are where anything changes. Owned by the
 * engine thread.
 */
final class Scheduler {

	private static final int OLDEST_FIRST_EVERY = 4;

	private final SchedulerOptions options;

	private final Tokens vocabulary;

	private final StateStore store;

	private final Slots slots;

	private final WaitingLine waiting = new WaitingLine();

	private final Placement placement;

	private final StepCost cost = new StepCost();

	private final SlotContent content;

	private final @Nullable Speculation speculation;

	private final WorkDone work = new WorkDone();

	private long submitted;

	private long steps;

	/** The highest in rank of those whose tokens found no room in the last step. */
	private @Nullable Sequence withoutRoom;

	/** Whether something slid up that the next step puts in its place. */
	private boolean sliding;

	/**
	 * @param vocabulary what a sampled token means
	 * @param cache what the slots hold
	 * @param store where it goes when they need the room
	 * @param drafter asked what it holds, and no more
	 * @param drafts told of every drafted token
	 */
	Scheduler(SchedulerOptions options, Tokens vocabulary, KvCache cache, StateStore store, Drafter drafter,
			DraftCounters drafts) {
		this.options = options;
		this.vocabulary = vocabulary;
		this.store = store;
		slots = new Slots(options.slots());
		placement = new Placement(slots, waiting, store, cost, options.cacheTokens(), cache);
		content = new SlotContent(cache, store, slots, waiting);
		speculation = options.speculation() == Speculating.AUTO
				? new Speculation(options, cache.separate(), drafter, drafts)
				: null;
	}

	void submit(Sequence sequence) {
		sequence.enqueue(submitted++);
		waiting.add(sequence);
	}

	/** Ends a sequence wherever it is; one that has already ended is left alone. */
	void cancel(Sequence sequence) {
		if (!sequence.state().terminal()) {
			waiting.remove(sequence);
			withoutRoom = withoutRoom == sequence ? null : withoutRoom;
			boolean running = sequence.running();
			sequence.cancel();
			if (running) {
				slots.retain(slots.of(sequence), sequence);
			}
		}
	}

	/** Ends every sequence, running and waiting. */
	void failAll(InferenceFailure failure) {
		for (var sequence : slots.running()) {
			sequence.fail(failure);
			slots.retain(slots.of(sequence), sequence);
		}
		for (var sequence : List.copyOf(waiting.sequences())) {
			waiting.remove(sequence);
			sequence.fail(failure);
		}
	}

	/** Copies what ended sequences have left out of the context, the most recently used first, if it is of use to anyone later. */
	void saveForLater() {
		for (var slot : slots.retained()) {
			if (store.outlivesEngine() && placement.worthKeeping(slot)) {
				content.keep(slot);
			}
		}
	}

	/** Ends those that have waited too long for their first slot. */
	void expire(long nanos) {
		var timeout = options.queueTimeout();
		if (!timeout.isZero()) {
			for (var sequence : waiting.queuedBefore(nanos - timeout.toNanos())) {
				waiting.remove(sequence);
				sequence.fail(new InferenceFailure.QueueTimeout(timeout));
			}
		}
	}

	boolean idle() {
		return waiting.isEmpty() && slots.runningCount() == 0;
	}

	int runningCount() {
		return slots.runningCount();
	}

	int runningTokens() {
		return slots.runningTokens();
	}

	int waitingCount() {
		return waiting.size();
	}

	CacheStatistics.Context cacheUse() {
		return content.use();
	}

	WorkStatistics work() {
		return work.read();
	}

	/** The next change to what the context holds; {@code null} if the step can be planned, or must be before anything else changes. */
	@Nullable
	Move nextMove() {
		if (sliding) {
			return null;
		}
		return withoutRoom != null ? placement.makeRoomFor(withoutRoom) : placement.next();
	}

	/** Makes a change. */
	void apply(Move move, long nanos) {
		withoutRoom = null;
		sliding = move instanceof Move.Place(var _, var _, Move.Source.Slid _);
		content.apply(move, nanos);
	}

	StepPlan plan() {
		var running = slots.running();
		var chunks = new ArrayList<StepPlan.Chunk>(running.size());
		int left = options.stepTokens() - running.size();
		for (var sequence : running) {
			if (sequence.decoding()) {
				int count = Math.min(sequence.behind(), left + 1);
				left -= count - 1;
				chunks.add(new StepPlan.Chunk(sequence, sequence.slot(), sequence.computed(), count, List.of(), true));
			}
		}
		boolean decoding = !chunks.isEmpty();
		left += running.size() - chunks.size();
		var drafts = draft(chunks, left);
		chunks = new ArrayList<>(drafts.chunks());
		left -= drafts.tokens();
		planPrefill(running, decoding
				? Math.min(left, cost.prefillTokensWithin(
						options.interTokenLatencyTarget().toNanos() - drafts.modelNanos()))
				: left, chunks);
		return new StepPlan(chunks, drafts.tasks(), slots.leastRecentlyUsed() != null);
	}

	private Speculation.Drafts draft(List<StepPlan.Chunk> chunks, int budget) {
		if (speculation == null || chunks.isEmpty()) {
			return new Speculation.Drafts(chunks, List.of(), 0, 0);
		}
		// Nobody is to leave a full cache for tokens that may not come.
		return speculation.extend(chunks, Math.min(budget, options.cacheTokens() - slots.tokens()));
	}

	/** The plan with what the draft model proposed for it. */
	StepPlan fill(StepPlan plan, Drafter.Drafted drafted) {
		return speculation == null ? plan : speculation.fill(plan, drafted);
	}

	private void planPrefill(List<Sequence> running, int budget, List<StepPlan.Chunk> chunks) {
		var prefilling = new ArrayList<>(running);
		prefilling.removeIf(Sequence::decoding);
		if (steps % OLDEST_FIRST_EVERY != 0) {
			prefilling.sort(Comparator.comparingInt(Sequence::behind));
		}
		int scored = options.scoredTokens();
		for (var sequence : prefilling) {
			int most = sequence.scores() == null ? budget : Math.min(budget, scored);
			if (most > 0) {
				int count = StepCost.nextChunk(sequence.behind(), most);
				scored -= sequence.scores() == null ? 0 : count;
				chunks.add(new StepPlan.Chunk(sequence, sequence.slot(), sequence.computed(), count, List.of(), false));
				budget -= count;
			}
		}
	}

	/**
	 * Carries a step's results over into the sequences.
	 *
	 * @param endedNanos when it was computed
	 */
	void apply(StepPlan plan, StepOutcome outcome, long endedNanos) {
		steps++;
		sliding = false;
		slots.stepped();
		for (var call : outcome.calls()) {
			cost.observe(call.decodeTokens(), call.prefillTokens(), call.nanos());
			work.called(call);
		}
		if (speculation != null) {
			speculation.observe(plan, outcome.calls());
		}
		for (int i = 0; i < outcome.results().size(); i++) {
			apply(plan.chunks().get(i), outcome.results().get(i), endedNanos);
		}
	}

	private void apply(StepPlan.Chunk chunk, ChunkResult result, long nanos) {
		var sequence = chunk.sequence();
		switch (result) {
			case ChunkResult.Computed() -> {
				sequence.computedTo(chunk.to());
				slots.computed(sequence);
			}
			case ChunkResult.Sampled(List<SampledToken> tokens) -> accept(sequence, chunk, tokens, nanos);
			case ChunkResult.NoRoom() -> {
				if (withoutRoom == null || Sequence.BY_RANK.compare(sequence, withoutRoom) < 0) {
					withoutRoom = sequence;
				}
			}
			case ChunkResult.Failed(String reason) -> {
				sequence.fail(new InferenceFailure.DecodeFailed(reason));
				content.empty(slots.of(sequence));
			}
		}
	}

	private void accept(Sequence sequence, StepPlan.Chunk chunk, List<SampledToken> tokens, long nanos) {
		boolean promptDone = sequence.state() == SequenceState.PREFILL;
		int before = sequence.replyTokens();
		sequence.computedTo(chunk.to() + tokens.size() - 1);
		if (speculation != null) {
			speculation.observe(chunk, tokens);
		}
		for (var token : tokens) {
			if (!sequence.state().terminal()) {
				boolean last = vocabulary.isEndOfGeneration(token.id()) || sequence.sampler().stopsAt(token.id());
				sequence.accept(token, last, vocabulary.piece(token.id()), nanos);
			}
		}
		if (!sequence.state().terminal()) {
			goOnByConstraint(sequence, nanos);
		}
		work.generated(sequence.replyTokens() - before);
		if (sequence.state().terminal()) {
			slots.retain(slots.of(sequence), sequence);
		} else if (promptDone) {
			slots.computed(sequence);
		}
	}

	/** Takes the tokens that need not be sampled, and ends the reply if nothing can follow. */
	private void goOnByConstraint(Sequence sequence, long nanos) {
		try {
			for (int token : sequence.sampler().forced()) {
				if (!sequence.state().terminal()) {
					sequence.sampler().accept(token);
					sequence.accept(new SampledToken(token, null), false, vocabulary.piece(token), nanos);
				}
			}
		} catch (IllegalStateException unusable) {
			sequence.fail(new InferenceFailure.DecodeFailed(String.valueOf(unusable.getMessage())));
		}
		if (!sequence.state().terminal() && sequence.sampler().mustEnd()) {
			sequence.complete(nanos);
		}
	}

	/** What sampled tokens mean. */
	interface Tokens {

		/** Whether a reply ends with this token. */
		boolean isEndOfGeneration(int token);

		/** The bytes a token stands for; not to be changed. */
		byte[] piece(int token);

	}

}
