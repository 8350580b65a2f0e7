package dev.corral.llamacpp.internal;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.EngineUnavailable;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

/**
 * {@code struct llama_context}: the key-value cache of a model's sequences and what it takes to compute on it. Belongs to
 * the thread that opened it; the JVM refuses every other.
 */
public final class NativeContext implements AutoCloseable {

	private final LlamaApi api;

	private final int vocabularyTokens;

	private final ContextOptions options;

	private final Arena arena;

	private final MemorySegment context;

	/** Where states are on their way from one sequence to another; as large as the largest so far. */
	private @Nullable NativeBytes scratch;

	private final boolean turnsKeys;

	/** Whether keys are still to be turned to their new positions, which the next batch does. */
	private boolean sliding;

	private NativeContext(LlamaApi api, int vocabularyTokens, boolean turnsKeys, ContextOptions options, Arena arena,
			MemorySegment context) {
		this.api = api;
		this.vocabularyTokens = vocabularyTokens;
		this.options = options;
		this.arena = arena;
		this.context = context;
		this.turnsKeys = turnsKeys;
	}

	/**
	 * @throws EngineUnavailable if the runtime cannot make the context, mostly for lack of memory
	 */
	public static NativeContext open(NativeModel model, ContextOptions options) {
		return open(model, options, false);
	}

	/**
	 * A context whose tokens give the states of the last layer ({@link #embedding}).
	 *
	 * @throws EngineUnavailable as above
	 */
	public static NativeContext openForEmbeddings(NativeModel model, ContextOptions options) {
		return open(model, options, true);
	}

	@SuppressWarnings("MustBeClosedChecker") // the arena becomes the object's and is closed with it
	private static NativeContext open(NativeModel model, ContextOptions options, boolean embeddings) {
		var api = model.api();
		if (options.sequences() > api.maxSequences()) {
			throw new EngineUnavailable("llama.cpp %s runs at most %d sequences at once, but %d are configured."
					.formatted(api.build(), api.maxSequences(), options.sequences()));
		}
		var arena = Arena.ofConfined();
		try {
			var params = api.contextParams(arena, options, model.headSize());
			if (embeddings) {
				api.configureEmbeddings(params);
			}
			var pointer = LlamaApi
					.call(() -> (MemorySegment) api.initFromModel.invokeExact(model.segment(), params));
			if (pointer.equals(MemorySegment.NULL)) {
				throw new EngineUnavailable(
						"llama.cpp could not set up %d sequences of %d tokens: %s. Lower context-tokens or sequences."
								.formatted(options.sequences(), options.contextTokens(), NativeLog.lastError()));
			}
			return new NativeContext(api, model.vocabulary().size(), model.turnsKeys(), options, arena,
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
		return new NativeBatch(options.batchTokens(), arena);
	}

	/** Computes a batch; blocks until it is done. */
	public DecodeResult decode(NativeBatch batch) {
		sliding = false;
		return LlamaApi.call(() -> api.decodeResult((int) api.decode.invokeExact(context, batch.segment())));
	}

	/**
	 * The logits after a token of the last batch that asked for them.
	 *
	 * @param index what {@link NativeBatch#add} returned
	 */
	public Logits logits(int index) {
		var row = LlamaApi.call(() -> (MemorySegment) api.getLogitsIth.invokeExact(context, index));
		if (row.equals(MemorySegment.NULL)) {
			throw new IllegalStateException("the batch has no logits at index " + index);
		}
		return new Logits(row.reinterpret((long) vocabularyTokens * Float.BYTES));
	}

	/**
	 * The state of a token of the last batch after the last layer, in a context for embeddings.
	 *
	 * @param index what {@link NativeBatch#add} returned
	 * @param into as many values as {@link NativeModel#embeddingLength}
	 */
	public void embedding(int index, float[] into) {
		var row = LlamaApi.call(() -> (MemorySegment) api.getEmbeddingsIth.invokeExact(context, index));
		if (row.equals(MemorySegment.NULL)) {
			throw new IllegalStateException("the batch has no embedding at index " + index);
		}
		MemorySegment.copy(row.reinterpret((long) into.length * Float.BYTES), JAVA_FLOAT, 0, into, 0, into.length);
	}

	/** Whether all sequences keep their cells in one buffer, where one can share another's at no cost. */
	public boolean unified() {
		return api.unified(options);
	}

	/** Forgets what a sequence holds from a position on. */
	public void removeFrom(int sequence, int position) {
		api.removeFrom(context, sequence, position);
	}

	/** Whether {@link #slide} can work. */
	public boolean canSlide() {
		return turnsKeys && api.canShift(context);
	}

	/**
	 * Forgets what a sequence holds at some positions, and moves what comes after to where they were. A batch must be computed before
	 * anything is saved or copied between buffers.
	 *
	 * @param from the first of the positions
	 * @param to the one after the last; from here on the sequence must share no cell with another one
	 * @return false if the sequence cannot forget a part of itself; nothing has changed then
	 */
	public boolean slide(int sequence, int from, int to) {
		if (!canSlide()) {
			throw new IllegalStateException("the keys of this context stay where they are");
		}
		boolean slid = api.slide(context, sequence, from, to);
		sliding |= slid;
		return slid;
	}

	/** Gives a sequence the first positions of another, in place of what it holds. */
	public void copy(int from, int to, int positions) {
		removeFrom(to, 0);
		if (unified()) {
			api.share(context, from, to, positions);
			return;
		}
		long size = stateSize(from);
		if (scratch == null || scratch.size() < size) {
			dropScratch();
			scratch = NativeBytes.allocate(size);
		}
		write(from, scratch, size);
		if (!read(to, scratch, size)) {
			throw new IllegalStateException("llama.cpp does not read what it has just written");
		}
		removeFrom(to, positions);
	}

	/** Copies what a sequence holds out of the context. */
	@SuppressWarnings("MustBeClosedChecker") // the caller closes what it gets
	public NativeBytes save(int sequence) {
		long size = stateSize(sequence);
		var state = NativeBytes.allocate(size);
		try {
			write(sequence, state, size);
			return state;
		} catch (RuntimeException | Error failed) {
			state.close();
			throw failed;
		}
	}

	/**
	 * Puts a saved state into a sequence, in place of what it holds.
	 *
	 * @return false if there is no room for it, or it is not a state of this model and runtime; the sequence is then empty
	 */
	public boolean restore(int sequence, NativeBytes state) {
		removeFrom(sequence, 0);
		boolean read = read(sequence, state, state.size());
		if (!read) {
			removeFrom(sequence, 0);
		}
		return read;
	}

	private long stateSize(int sequence) {
		return LlamaApi.call(() -> (long) api.stateSeqGetSize.invokeExact(context, sequence));
	}

	private void write(int sequence, NativeBytes state, long size) {
		if (sliding) {
			throw new IllegalStateException("a state has keys that are not at their positions yet");
		}
		long written = LlamaApi
				.call(() -> (long) api.stateSeqGetData.invokeExact(context, state.segment(), size, sequence));
		if (written != size) {
			throw new IllegalStateException(
					"llama.cpp wrote %d of %d bytes of a sequence's state".formatted(written, size));
		}
	}

	private boolean read(int sequence, NativeBytes state, long size) {
		return LlamaApi
				.call(() -> (long) api.stateSeqSetData.invokeExact(context, state.segment(), size, sequence)) != 0;
	}

	private void dropScratch() {
		if (scratch != null) {
			scratch.close();
			scratch = null;
		}
	}

	@Override
	public void close() {
		dropScratch();
		arena.close();
	}

}
