package dev.corral.llamacpp;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.corral.llamacpp.StepPlan.Chunk;
import dev.corral.llamacpp.internal.ContextOptions;
import dev.corral.llamacpp.internal.DecodeResult;
import dev.corral.llamacpp.internal.Logits;
import dev.corral.llamacpp.internal.NativeBatch;
import dev.corral.llamacpp.internal.NativeBytes;
import dev.corral.llamacpp.internal.NativeContext;
import dev.corral.llamacpp.internal.NativeModel;

/** Computes steps on a llama.cpp context. A slot is the native sequence of the same number. */
final class NativeStepExecutor implements StepExecutor {

	private static final Logger log = LoggerFactory.getLogger(NativeStepExecutor.class);

	private final NativeContext context;

	private final NativeBatch batch;

	private final SamplingPool sampling;

	private final IntPredicate endOfGeneration;

	private final IntFunction<byte[]> pieceOf;

	private final NanoClock clock;

	private final Turns turns;

	NativeStepExecutor(NativeModel model, ContextOptions options, NanoClock clock) {
		this(model, options, clock, new Turns());
	}

	/** @param turns of this and whoever else computes on this model */
	NativeStepExecutor(NativeModel model, ContextOptions options, NanoClock clock, Turns turns) {
		this.turns = turns;
		context = NativeContext.open(model, options);
		batch = context.batch();
		sampling = new SamplingPool(model.vocabulary().size(), options.threads());
		endOfGeneration = model.vocabulary()::isEndOfGeneration;
		pieceOf = model.vocabulary()::piece;
		this.clock = clock;
	}

	@Override
	public StepOutcome execute(StepPlan plan) {
		return turns.take(() -> compute(plan));
	}

	private StepOutcome compute(StepPlan plan) {
		var step = new Step(plan);
		var decode = new ArrayList<Piece>();
		var prefill = new ArrayList<Piece>();
		for (int i = 0; i < plan.chunks().size(); i++) {
			var chunk = plan.chunks().get(i);
			(chunk.decodes() ? decode : prefill).add(new Piece(i, chunk, chunk.from(), chunk.from() + chunk.size()));
		}
		if (context.unified()) {
			decode.addAll(prefill);
			prefill.clear();
		}
		// Sequences in buffers of their own are computed together only as far as they have the same number of tokens: llama.cpp would
		// split a mixed batch, and take the first token of each prompt to those that decode, which leaves less than whole tiles. It
		// also begins anew at each slot that does not follow on the one before.
		decode.sort(Piece.BY_SLOT);
		prefill.sort(Piece.BY_SLOT);
		step.compute(decode);
		step.compute(prefill);
		return new StepOutcome(step.results, step.calls);
	}

	@Override
	public boolean separate() {
		return !context.unified();
	}

	@Override
	public void truncate(int slot, int position) {
		context.removeFrom(slot, position);
	}

	@Override
	public void copy(int from, int to, int positions) {
		context.copy(from, to, positions);
	}

	@Override
	public boolean canSlide() {
		return context.canSlide();
	}

	@Override
	public boolean slide(int slot, int from, int to) {
		return context.slide(slot, from, to);
	}

	@Override
	@SuppressWarnings("MustBeClosedChecker") // the caller's to close
	public @Nullable NativeBytes save(int slot) {
		try {
			return context.save(slot);
		} catch (OutOfMemoryError full) {
			log.warn("No memory to keep a sequence's key-value cache; its tokens will be computed again", full);
			return null;
		}
	}

	@Override
	public boolean restore(int slot, NativeBytes state) {
		return context.restore(slot, state);
	}

	@Override
	public void close() {
		sampling.close();
		context.close();
	}

	/** One plan's way through the context. */
	private final class Step {

		final List<ChunkResult> results;

		final List<StepOutcome.Call> calls = new ArrayList<>(2);

		private final boolean roomCanBeMade;

		Step(StepPlan plan) {
			results = new ArrayList<>(Collections.nCopies(plan.chunks().size(), ChunkResult.COMPUTED));
			roomCanBeMade = plan.roomCanBeMade();
		}

		/**
		 * Computes these pieces in one call, or in smaller ones where the key-value cache has no room for that many at once and never
		 * will.
		 */
		void compute(List<Piece> pieces) {
			if (pieces.isEmpty()) {
				return;
			}
			long started = clock.nanos();
			var decoded = decode(pieces);
			if (decoded == DecodeResult.OK) {
				score(pieces);
				sample(pieces);
				calls.add(call(pieces, clock.nanos() - started));
			} else if (decoded != DecodeResult.NO_KV_SLOT) {
				var failed = new ChunkResult.Failed(
						"llama.cpp answered %s to a batch of %d tokens".formatted(decoded, batch.size()));
				pieces.forEach(piece -> results.set(piece.chunkIndex(), failed));
			} else if (roomCanBeMade || batch.size() == 1) {
				pieces.forEach(piece -> results.set(piece.chunkIndex(), ChunkResult.NO_ROOM));
			} else {
				for (var half : halves(pieces)) {
					if (half.stream().allMatch(piece -> results.get(piece.chunkIndex()) == ChunkResult.COMPUTED)) {
						compute(half);
					}
				}
			}
		}

		/** Tells the log-probabilities of those tokens of prompts that follow on the computed ones. */
		private void score(List<Piece> pieces) {
			var scored = new ArrayList<Scored>();
			int index = 0;
			for (var piece : pieces) {
				var sequence = piece.chunk().sequence();
				var scores = sequence.scores();
				for (int next = piece.from() + 1; next <= piece.to(); next++) {
					if (scores != null && next < sequence.length()) {
						scored.add(new Scored(scores, context.logits(index), next, sequence.token(next)));
					}
					index++;
				}
			}
			sampling.run(scored.size(), (task, workspace) -> scored.get(task).score(workspace, pieceOf));
		}

		private void sample(List<Piece> pieces) {
			var complete = new ArrayList<Piece>(pieces.size());
			var rows = new ArrayList<List<Logits>>(pieces.size());
			int end = 0;
			for (var piece : pieces) {
				end += piece.size();
				if (piece.completes()) {
					complete.add(piece);
					rows.add(rows(end - piece.sampled(), end));
				}
			}
			var sampled = new ChunkResult[complete.size()];
			sampling.run(complete.size(), (index, workspace) -> sampled[index] = NativeStepExecutor.this
					.sample(complete.get(index), rows.get(index), workspace));
			for (int i = 0; i < sampled.length; i++) {
				results.set(complete.get(i).chunkIndex(), Objects.requireNonNull(sampled[i]));
				dropRejected(complete.get(i), sampled[i]);
			}
		}

	}

	private DecodeResult decode(List<Piece> pieces) {
		batch.clear();
		for (var piece : pieces) {
			int firstSampled = piece.completes() ? piece.to() - piece.sampled() : piece.to();
			boolean scored = piece.chunk().sequence().scores() != null;
			for (int position = piece.from(); position < piece.to(); position++) {
				batch.add(piece.chunk().token(position), position, piece.chunk().slot(),
						scored || position >= firstSampled);
			}
		}
		return context.decode(batch);
	}

	private static StepOutcome.Call call(List<Piece> pieces, long nanos) {
		int decodeTokens = 0;
		int prefillTokens = 0;
		for (var piece : pieces) {
			if (piece.chunk().decodes()) {
				decodeTokens += piece.size();
			} else {
				prefillTokens += piece.size();
			}
		}
		return new StepOutcome.Call(decodeTokens, prefillTokens, nanos);
	}

	/** The same pieces without drafts, or else in two parts. */
	private static List<List<Piece>> halves(List<Piece> pieces) {
		if (pieces.stream().anyMatch(piece -> piece.sampled() > 1)) {
			return List.of(pieces.stream().map(Piece::withoutDraft).toList());
		}
		if (pieces.size() > 1) {
			int middle = pieces.size() / 2;
			return List.of(pieces.subList(0, middle), pieces.subList(middle, pieces.size()));
		}
		var piece = pieces.getFirst();
		int middle = piece.from() + piece.size() / 2;
		return List.of(List.of(new Piece(piece.chunkIndex(), piece.chunk(), piece.from(), middle)),
				List.of(new Piece(piece.chunkIndex(), piece.chunk(), middle, piece.to())));
	}

	private List<Logits> rows(int from, int to) {
		var rows = new ArrayList<Logits>(to - from);
		for (int index = from; index < to; index++) {
			rows.add(context.logits(index));
		}
		return rows;
	}

	/** Samples until a token is not the draft's, or the next one is not to be sampled. Any thread. */
	private ChunkResult sample(Piece piece, List<Logits> rows, SamplingPool.Workspace workspace) {
		try {
			var sampler = piece.chunk().sequence().sampler();
			var tokens = new ArrayList<SampledToken>(rows.size());
			int position = piece.chunk().to();
			for (var row : rows) {
				row.copyTo(workspace.logits());
				var token = sampler.sample(workspace.logits(), workspace.candidates(), position);
				tokens.add(token);
				if (position - piece.chunk().to() == piece.sampled() - 1 || piece.chunk().token(position) != token.id()
						|| endOfGeneration.test(token.id()) || sampler.stopsAt(token.id())
						|| goesOnWithoutSampling(sampler)) {
					break;
				}
				position++;
			}
			return new ChunkResult.Sampled(tokens);
		} catch (IllegalStateException unusable) {
			return new ChunkResult.Failed(String.valueOf(unusable.getMessage()));
		}
	}

	/** Whether the constraint decides what comes next, which takes no sample where there are no drafts. */
	private static boolean goesOnWithoutSampling(Sampler sampler) {
		return sampler.mustEnd() || sampler.forced().length > 0;
	}

	private void dropRejected(Piece piece, ChunkResult result) {
		if (piece.sampled() > 1 && result instanceof ChunkResult.Sampled(List<SampledToken> tokens)) {
			context.removeFrom(piece.chunk().slot(), piece.chunk().to() + tokens.size() - 1);
		}
	}

	/** A token of a prompt, and the logits of the one before it. */
	private record Scored(PromptScores scores, Logits logits, int position, int token) {

		void score(SamplingPool.Workspace workspace, IntFunction<byte[]> pieceOf) {
			logits.copyTo(workspace.logits());
			scores.score(workspace.logits(), position, token, pieceOf);
		}

	}

	/**
	 * All or part of a chunk.
	 *
	 * @param chunkIndex of the chunk in its plan
	 * @param from position of the first token
	 * @param to position after the last
	 */
	private record Piece(int chunkIndex, Chunk chunk, int from, int to) {

		static final Comparator<Piece> BY_SLOT = Comparator.comparingInt(piece -> piece.chunk().slot());

		int size() {
			return to - from;
		}

		boolean completes() {
			return chunk.completes() && to >= chunk.to();
		}

		/** How many of its last tokens the next one is sampled after: the sequence's last, and the draft's. */
		int sampled() {
			return 1 + Math.max(0, to - chunk.to());
		}

		Piece withoutDraft() {
			return new Piece(chunkIndex, chunk, from, Math.min(to, chunk.to()));
		}

	}

}
