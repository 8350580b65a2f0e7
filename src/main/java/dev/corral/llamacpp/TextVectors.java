package dev.corral.llamacpp;

import java.util.ArrayList;
import java.util.List;

import dev.corral.inference.InferenceFailure;
import dev.corral.inference.UnitVectors;
import dev.corral.llamacpp.internal.ContextOptions;
import dev.corral.llamacpp.internal.DecodeResult;
import dev.corral.llamacpp.internal.NativeBatch;
import dev.corral.llamacpp.internal.NativeContext;
import dev.corral.llamacpp.internal.NativeModel;

/** Computes the vectors of texts on a llama.cpp context of its own. Belongs to the thread that made it. */
final class TextVectors implements AutoCloseable {

	/** Most texts in one call. */
	static final int MOST_TEXTS = 16;

	private final NativeContext context;

	private final NativeBatch batch;

	private final int batchTokens;

	private final Pooling pooling;

	/** State of one token. */
	private final float[] state;

	/** Which text and which of its tokens each token of the batch is. */
	private final List<Place> places = new ArrayList<>();

	/**
	 * @param contextTokens most tokens of a text
	 * @param batchTokens most tokens of one call
	 */
	TextVectors(NativeModel model, Pooling pooling, int contextTokens, int batchTokens, int threads) {
		this.pooling = pooling;
		this.batchTokens = batchTokens;
		state = new float[model.embeddingLength()];
		context = NativeContext.openForEmbeddings(model, new ContextOptions(contextTokens, MOST_TEXTS,
				Math.max(contextTokens, batchTokens), batchTokens, threads));
		batch = context.batch();
	}

	/**
	 * The vectors of these texts, of length 1.
	 *
	 * @param texts at most {@value #MOST_TEXTS} that fit into one call together, or one that fits into the window
	 * @throws InferenceFailure.DecodeFailed if llama.cpp could not compute them
	 */
	List<float[]> compute(List<int[]> texts) {
		var sums = texts.stream().map(_ -> new double[state.length]).toList();
		try {
			for (int text = 0; text < texts.size(); text++) {
				var tokens = texts.get(text);
				for (int position = 0; position < tokens.length; position++) {
					batch.add(tokens[position], position, text, true);
					places.add(new Place(text, position));
					if (batch.size() == batchTokens) {
						decode(sums);
					}
				}
			}
			if (batch.size() > 0) {
				decode(sums);
			}
		} finally {
			clear();
			for (int text = 0; text < texts.size(); text++) {
				context.removeFrom(text, 0);
			}
		}
		return sums.stream().map(UnitVectors::normalized).toList();
	}

	private void decode(List<double[]> sums) {
		var decoded = context.decode(batch);
		if (decoded != DecodeResult.OK) {
			throw new InferenceFailure.DecodeFailed(
					"llama.cpp answered %s to a batch of %d tokens".formatted(decoded, batch.size()));
		}
		for (int i = 0; i < places.size(); i++) {
			context.embedding(i, state);
			pooling.add(state, places.get(i).position, sums.get(places.get(i).text));
		}
		clear();
	}

	private void clear() {
		batch.clear();
		places.clear();
	}

	@Override
	public void close() {
		context.close();
	}

	private record Place(int text, int position) {
	}

}
