package dev.corral.llamacpp;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import dev.corral.llamacpp.StepPlan.Chunk;
import dev.corral.llamacpp.internal.ContextOptions;
import dev.corral.llamacpp.internal.DecodeResult;
import dev.corral.llamacpp.internal.NativeBatch;
import dev.corral.llamacpp.internal.NativeContext;
import dev.corral.llamacpp.internal.NativeModel;

/** Computes steps on a llama.cpp context. A slot is the native sequence of the same number. */
final class NativeStepExecutor implements StepExecutor {

	private final NativeContext context;

	private final NativeBatch batch;

	private final float[] logits;

	private final int[] candidates;

	NativeStepExecutor(NativeModel model, ContextOptions options) {
		context = NativeContext.open(model, options);
		batch = context.batch();
		logits = new float[model.vocabulary().size()];
		candidates = new int[logits.length];
	}

	@Override
	public List<ChunkResult> execute(StepPlan plan) {
		var chunks = plan.chunks();
		var results = new ArrayList<ChunkResult>(Collections.nCopies(chunks.size(), ChunkResult.COMPUTED));
		var pieces = new ArrayList<Piece>(chunks.size());
		for (int i = 0; i < chunks.size(); i++) {
			pieces.add(new Piece(i, chunks.get(i)));
		}
		compute(pieces, results);
		return results;
	}

	/** Computes these pieces in one call, or in smaller ones where the key-value cache has no room for that many at once. */
	private void compute(List<Piece> pieces, List<ChunkResult> results) {
		var decoded = decode(pieces);
		if (decoded == DecodeResult.OK) {
			sample(pieces, results);
		} else if (decoded == DecodeResult.NO_KV_SLOT && batch.size() > 1) {
			for (var half : halves(pieces)) {
				if (half.stream().noneMatch(piece -> results.get(piece.chunkIndex()) instanceof ChunkResult.Failed)) {
					compute(half, results);
				}
			}
		} else {
			var failed = new ChunkResult.Failed(
					"llama.cpp answered %s to a batch of %d tokens".formatted(decoded, batch.size()));
			pieces.forEach(piece -> results.set(piece.chunkIndex(), failed));
		}
	}

	private DecodeResult decode(List<Piece> pieces) {
		batch.clear();
		for (var piece : pieces) {
			var chunk = piece.chunk();
			for (int position = chunk.from(); position < chunk.to(); position++) {
				boolean last = position == chunk.to() - 1 && chunk.completes();
				batch.add(chunk.sequence().token(position), position, chunk.slot(), last);
			}
		}
		return context.decode(batch);
	}

	private static List<List<Piece>> halves(List<Piece> pieces) {
		if (pieces.size() > 1) {
			int middle = pieces.size() / 2;
			return List.of(pieces.subList(0, middle), pieces.subList(middle, pieces.size()));
		}
		var piece = pieces.getFirst();
		var chunk = piece.chunk();
		int first = chunk.count() / 2;
		return List.of(
				List.of(new Piece(piece.chunkIndex(),
						new Chunk(chunk.sequence(), chunk.slot(), chunk.from(), first))),
				List.of(new Piece(piece.chunkIndex(),
						new Chunk(chunk.sequence(), chunk.slot(), chunk.from() + first, chunk.count() - first))));
	}

	private void sample(List<Piece> pieces, List<ChunkResult> results) {
		int end = 0;
		for (var piece : pieces) {
			end += piece.chunk().count();
			if (piece.chunk().completes()) {
				results.set(piece.chunkIndex(), sample(piece.chunk(), end - 1));
			}
		}
	}

	private ChunkResult sample(Chunk chunk, int batchIndex) {
		try {
			context.logits(batchIndex, logits);
			return new ChunkResult.Sampled(chunk.sequence().sampler().sample(logits, candidates, chunk.to()));
		} catch (IllegalStateException unusable) {
			return new ChunkResult.Failed(String.valueOf(unusable.getMessage()));
		}
	}

	@Override
	public void clear(int slot) {
		context.clear(slot);
	}

	@Override
	public void close() {
		context.close();
	}

	/**
	 * All or part of a chunk.
	 *
	 * @param chunkIndex of the chunk in its plan
	 */
	private record Piece(int chunkIndex, Chunk chunk) {
	}

}
