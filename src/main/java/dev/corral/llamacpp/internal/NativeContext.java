package dev.corral.llamacpp.internal;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

import dev.corral.inference.EngineUnavailable;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

/**
 * {@code struct llama_context}: the key-value cache of a model's sequences and what it takes to compute on it. Belongs to
 * the thread that opened it; the JVM refuses every other.
 */
public final class NativeContext implements AutoCloseable {

	private final LlamaApi api;

	private final int vocabularyTokens;

	private final int batchTokens;

	private final Arena arena;

	private final MemorySegment context;

	private NativeContext(LlamaApi api, int vocabularyTokens, int batchTokens, Arena arena, MemorySegment context) {
		this.api = api;
		this.vocabularyTokens = vocabularyTokens;
		this.batchTokens = batchTokens;
		this.arena = arena;
		this.context = context;
	}

	/**
	 * @throws EngineUnavailable if the runtime cannot make the context, mostly for lack of memory
	 */
	@SuppressWarnings("MustBeClosedChecker") // the arena becomes the object's and is closed with it
	public static NativeContext open(NativeModel model, ContextOptions options) {
		var api = model.api();
		if (options.sequences() > api.maxSequences()) {
			throw new EngineUnavailable("llama.cpp %s runs at most %d sequences at once, but %d are configured."
					.formatted(api.build(), api.maxSequences(), options.sequences()));
		}
		var arena = Arena.ofConfined();
		try {
			var params = api.contextParams(arena, options, model.headSize());
			var pointer = LlamaApi
					.call(() -> (MemorySegment) api.initFromModel.invokeExact(model.segment(), params));
			if (pointer.equals(MemorySegment.NULL)) {
				throw new EngineUnavailable(
						"llama.cpp could not set up %d sequences of %d tokens: %s. Lower context-tokens or sequences."
								.formatted(options.sequences(), options.contextTokens(), NativeLog.lastError()));
			}
			return new NativeContext(api, model.vocabulary().size(), options.batchTokens(), arena,
					pointer.reinterpret(arena, context -> LlamaApi.call(() -> {
						api.free.invokeExact(context);
						return true;
					})));
		} catch (RuntimeException | Error failed) {
			arena.close();
			throw failed;
		}
	}

	/** A batch of the largest size that this context computes at once; it lives as long as the context. */
	public NativeBatch batch() {
		return new NativeBatch(batchTokens, arena);
	}

	/** Computes a batch; blocks until it is done. */
	public DecodeResult decode(NativeBatch batch) {
		return LlamaApi.call(() -> api.decodeResult((int) api.decode.invokeExact(context, batch.segment())));
	}

	/**
	 * Copies the logits after a token of the last batch that asked for them.
	 *
	 * @param index what {@link NativeBatch#add} returned
	 * @param into one value per token of the vocabulary
	 */
	public void logits(int index, float[] into) {
		var row = LlamaApi.call(() -> (MemorySegment) api.getLogitsIth.invokeExact(context, index));
		if (row.equals(MemorySegment.NULL)) {
			throw new IllegalStateException("the batch has no logits at index " + index);
		}
		var logits = row.reinterpret((long) vocabularyTokens * Float.BYTES);
		MemorySegment.copy(logits, JAVA_FLOAT, 0, into, 0, vocabularyTokens);
	}

	/** Forgets everything a sequence holds. */
	public void clear(int sequence) {
		api.removeFrom(context, sequence, 0);
	}

	/** Forgets what a sequence holds from a position on. */
	public void removeFrom(int sequence, int position) {
		api.removeFrom(context, sequence, position);
	}

	@Override
	public void close() {
		arena.close();
	}

}
