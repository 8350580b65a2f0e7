package dev.corral.llamacpp;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

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

	private final Options options;

	private final Turns turns;

	private final StepCost cost = new StepCost();

	/** State of one token. */
	private final float[] state;

	/** Which text and which of its tokens each token of the batch is. */
	private final List<Place> places = new ArrayList<>();

	/** @param turns of the engine and this */
	TextVectors(NativeModel model, Options options, Turns turns) {
		this.options = options;
		this.turns = turns;
		state = new float[model.embeddingLength()];
		context = NativeContext.openForEmbeddings(model, new ContextOptions(options.contextTokens, MOST_TEXTS,
				Math.max(options.contextTokens, options.batchTokens), options.batchTokens, options.threads));
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
					if (batch.size() >= pieceTokens()) {
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

	/** Replies that stream meanwhile wait for one call at most. */
	private int pieceTokens() {
		return options.replying.getAsBoolean()
				? Math.min(options.batchTokens, cost.prefillTokensWithin(options.pauseNanos))
				: options.batchTokens;
	}

	private void decode(List<double[]> sums) {
		var decoded = turns.take(this::timedDecode);
		if (decoded != DecodeResult.OK) {
			throw new InferenceFailure.DecodeFailed(
					"llama.cpp answered %s to a batch of %d tokens".formatted(decoded, batch.size()));
		}
		for (int i = 0; i < places.size(); i++) {
			context.embedding(i, state);
			options.pooling.add(state, places.get(i).position, sums.get(places.get(i).text));
		}
		clear();
	}

	private DecodeResult timedDecode() {
		long started = System.nanoTime();
		var decoded = context.decode(batch);
		if (decoded == DecodeResult.OK) {
			// The call returns before it is computed; reading a result waits for that.
			context.embedding(0, state);
			cost.observe(0, batch.size(), System.nanoTime() - started);
		}
		return decoded;
	}

	private void clear() {
		batch.clear();
		places.clear();
	}

	@Override
	public void close() {
		context.close();
	}

	/**
	 * How texts are computed.
	 *
	 * @param contextTokens most tokens of a text
	 * @param batchTokens most tokens of one call
	 * @param threads compute threads
	 * @param replying whether the engine has replies to go on with
	 * @param pauseNanos how long they may wait for one call
	 */
	record Options(Pooling pooling, int contextTokens, int batchTokens, int threads, BooleanSupplier replying,
			long pauseNanos) {
	}

	private record Place(int text, int position) {
	}

}
