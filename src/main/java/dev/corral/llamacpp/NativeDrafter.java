package dev.corral.llamacpp;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.corral.llamacpp.internal.ContextOptions;
import dev.corral.llamacpp.internal.DecodeResult;
import dev.corral.llamacpp.internal.NativeBatch;
import dev.corral.llamacpp.internal.NativeContext;
import dev.corral.llamacpp.internal.NativeModel;

/**
 * A draft model on a llama.cpp context of its own. It proposes the likeliest token, for all sequences together, one call for each
 * position. A slot is the native sequence of the same number.
 */
final class NativeDrafter implements Drafter {

	private static final Logger log = LoggerFactory.getLogger(NativeDrafter.class);

	private final NativeContext context;

	private final NativeBatch batch;

	private final ContextOptions options;

	private final HeldTokens held;

	private final IntPredicate endOfGeneration;

	private final float[] logits;

	private final NanoClock clock;

	private boolean warned;

	private final Turns turns;

	/**
	 * @param options of the context; the window is at most the one that the model was trained with
	 * @param turns of this and whoever else computes beside it
	 */
	NativeDrafter(NativeModel model, ContextOptions options, NanoClock clock, Turns turns) {
		this.turns = turns;
		this.options = options;
		this.clock = clock;
		context = NativeContext.open(model, options);
		batch = context.batch();
		held = new HeldTokens(options.sequences());
		endOfGeneration = model.vocabulary()::isEndOfGeneration;
		logits = new float[model.vocabulary().size()];
	}

	@Override
	public int window() {
		return options.contextTokens();
	}

	@Override
	public int missing(Sequence sequence) {
		return held.missing(sequence);
	}

	@Override
	public Drafted draft(List<Task> tasks) {
		if (tasks.isEmpty()) {
			return Drafted.NOTHING;
		}
		return turns.take(() -> compute(tasks));
	}

	private Drafted compute(List<Task> tasks) {
		var calls = new ArrayList<StepOutcome.Call>();
		var drafts = tasks.stream().map(Draft::new).toList();
		for (var draft : drafts) {
			if (draft.task.catchUp() > 0) {
				catchUp(draft, calls);
			}
		}
		propose(drafts, calls);
		return new Drafted(drafts.stream().map(draft -> List.copyOf(draft.proposed)).toList(), calls);
	}

	private void catchUp(Draft draft, List<StepOutcome.Call> calls) {
		long started = clock.nanos();
		batch.clear();
		int count = Math.min(options.batchTokens(), draft.task.catchUp());
		draft.computeTo(Math.min(draft.begin() + count, draft.sequence.length() - 1), false);
		if (batch.size() > 0 && decode(List.of(draft))) {
			calls.add(new StepOutcome.Call(0, batch.size(), clock.nanos() - started));
		}
	}

	private void propose(List<Draft> drafts, List<StepOutcome.Call> calls) {
		var going = drafts.stream().filter(draft -> draft.task.propose() > 0).collect(Collectors.toList());
		var together = new ArrayList<Draft>();
		while (!going.isEmpty()) {
			long started = clock.nanos();
			batch.clear();
			together.clear();
			for (var draft : going) {
				if (batch.size() + draft.size() <= options.batchTokens()) {
					draft.computeTo(draft.end(), true);
					together.add(draft);
				}
			}
			// One that is too long for a call alone was not to be drafted.
			if (together.isEmpty()) {
				return;
			}
			if (decode(together)) {
				together.forEach(Draft::take);
				calls.add(new StepOutcome.Call(batch.size(), 0, clock.nanos() - started));
			}
			going.removeIf(Draft::done);
		}
	}

	/** Returns whether it worked; otherwise these are not drafted any more. */
	private boolean decode(List<Draft> drafts) {
		var result = context.decode(batch);
		if (result == DecodeResult.NO_KV_SLOT) {
			forgetOthers(drafts);
			result = context.decode(batch);
		}
		if (result == DecodeResult.OK) {
			return true;
		}
		if (!warned) {
			log.warn("The draft model answered {} to a batch of {} tokens; these replies go on without its drafts",
					result,
					batch.size());
			warned = true;
		}
		for (var draft : drafts) {
			held.giveUp(draft.sequence);
			context.removeFrom(draft.slot, 0);
			draft.failed = true;
		}
		return false;
	}

	/** Makes room: what the other slots hold is computed again when it is wanted. */
	private void forgetOthers(List<Draft> drafts) {
		var used = drafts.stream().map(draft -> draft.slot).collect(Collectors.toSet());
		IntStream.range(0, options.sequences()).filter(slot -> !used.contains(slot)).forEach(slot -> {
			context.removeFrom(slot, 0);
			held.truncate(slot, 0);
		});
	}

	@Override
	public void close() {
		context.close();
	}

	/** A task on its way. */
	private final class Draft {

		final Task task;

		final Sequence sequence;

		final int slot;

		final List<Integer> proposed = new ArrayList<>();

		/** Where the logits of its last token are. */
		private int index;

		private boolean failed;

		Draft(Task task) {
			this.task = task;
			sequence = task.sequence();
			slot = sequence.slot();
		}

		/** Position of the next token to compute. */
		int begin() {
			return proposed.isEmpty() ? held.kept(sequence) : held.length(slot);
		}

		/** Position after the last token that is known. */
		int end() {
			return sequence.length() + proposed.size();
		}

		int size() {
			return end() - begin();
		}

		/** Adds tokens to the batch. */
		void computeTo(int end, boolean wanted) {
			int begin = begin();
			if (begin < held.length(slot)) {
				context.removeFrom(slot, begin);
				held.truncate(slot, begin);
			}
			for (int position = begin; position < end; position++) {
				int token = position < sequence.length()
						? sequence.token(position)
						: proposed.get(position - sequence.length());
				index = batch.add(token, position, slot, wanted && position == end - 1);
				held.add(sequence, token);
			}
		}

		void take() {
			context.logits(index).copyTo(logits);
			int best = 0;
			for (int token = 1; token < logits.length; token++) {
				best = logits[token] > logits[best] ? token : best;
			}
			proposed.add(best);
		}

		boolean done() {
			return failed || proposed.size() == task.propose()
					|| !proposed.isEmpty() && endOfGeneration.test(proposed.getLast());
		}

	}

}
