package dev.corral.llamacpp.internal;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import dev.corral.inference.EngineUnavailable;

/**
 * {@code struct llama_model}: the weights and the vocabulary. Read by any thread; closed only after every context of it.
 */
public final class NativeModel implements AutoCloseable {

	/** {@code enum llama_rope_type}. */
	private static final int ROPE_NORM = 0;

	private static final int ROPE_NEOX = 2;

	private static final Set<String> SCALING_WITHOUT_FACTOR = Set.of("none", "linear");

	private final LlamaApi api;

	private final Arena arena;

	private final MemorySegment model;

	private final Vocabulary vocabulary;

	private NativeModel(LlamaApi api, Arena arena, MemorySegment model) {
		this.api = api;
		this.arena = arena;
		this.model = model;
		this.vocabulary = new Vocabulary(api,
				LlamaApi.call(() -> (MemorySegment) api.modelGetVocab.invokeExact(model)));
	}

	/**
	 * @throws EngineUnavailable if the runtime does not load the file
	 */
	static NativeModel load(LlamaApi api, Path file) {
		return load(api, file, api::modelDefaults);
	}

	/**
	 * The same without its weights: only its vocabulary may be used.
	 *
	 * @throws EngineUnavailable if the runtime does not load the file
	 */
	static NativeModel loadVocabulary(LlamaApi api, Path file) {
		return load(api, file, api::vocabularyOnly);
	}

	@SuppressWarnings("MustBeClosedChecker") // the arena becomes the object's and is closed with it
	private static NativeModel load(LlamaApi api, Path file, Function<Arena, MemorySegment> parameters) {
		var arena = Arena.ofShared();
		try {
			var path = arena.allocateFrom(file.toAbsolutePath().toString());
			var params = parameters.apply(arena);
			NativeLog.forgetLastError();
			var pointer = LlamaApi.call(() -> (MemorySegment) api.modelLoadFromFile.invokeExact(path, params));
			if (pointer.equals(MemorySegment.NULL)) {
				throw new EngineUnavailable(
						"llama.cpp %s could not load %s: %s".formatted(api.build(), file, NativeLog.lastError()));
			}
			return new NativeModel(api, arena, pointer.reinterpret(arena, model -> LlamaApi.call(() -> {
				api.modelFree.invokeExact(model);
				return true;
			})));
		} catch (RuntimeException | Error failed) {
			arena.close();
			throw failed;
		}
	}

	public Vocabulary vocabulary() {
		return vocabulary;
	}

	/** Architecture, size and quantization in a few words. */
	public String description() {
		try (var scratch = Arena.ofConfined()) {
			var buffer = scratch.allocate(256);
			LlamaApi.call(() -> (int) api.modelDesc.invokeExact(model, buffer, buffer.byteSize()));
			return buffer.getString(0);
		}
	}

	/** Number of weights. */
	public long parameters() {
		return LlamaApi.call(() -> (long) api.modelNParams.invokeExact(model));
	}

	/** Length of the vectors that {@link NativeContext#embedding} gives. */
	public int embeddingLength() {
		return api.embeddingLength(model);
	}

	/** A value of the file's metadata that is no array, as text. */
	public Optional<String> metadata(String key) {
		try (var scratch = Arena.ofConfined()) {
			var name = scratch.allocateFrom(key);
			var value = scratch.allocate(256);
			int length = LlamaApi
					.call(() -> (int) api.modelMetaValStr.invokeExact(model, name, value, value.byteSize()));
			return length < 0 ? Optional.empty() : Optional.of(value.getString(0));
		}
	}

	/** Width of one attention head. */
	int headSize() {
		return LlamaApi.call(
				() -> (int) api.modelNEmbd.invokeExact(model) / Math.max(1, (int) api.modelNHead.invokeExact(model)));
	}

	/**
	 * Whether a key can be turned from one position to another: positions are rotations of the common kinds (RoPE, Su et al. 2021), and
	 * nothing but rotations. Where the model also scales what it rotates, llama.cpp would scale every key of the cache once more each time
	 * it turns some.
	 */
	boolean turnsKeys() {
		int rope = LlamaApi.call(() -> (int) api.modelRopeType.invokeExact(model));
		var architecture = metadata("general.architecture").orElse("");
		var scaling = architecture + ".rope.scaling.";
		return (rope == ROPE_NORM || rope == ROPE_NEOX) && api.turnsKeysOf(architecture)
				&& SCALING_WITHOUT_FACTOR.contains(metadata(scaling + "type").orElse("none"))
				&& metadata(scaling + "attn_factor").isEmpty() && metadata(scaling + "yarn_attn_factor").isEmpty();
	}

	/** What the bytes of a sequence's state depend on besides model and build. */
	public String stateFormat() {
		return "head size %d, %s".formatted(headSize(), api.stateFormat(headSize()));
	}

	public int trainedContextTokens() {
		return LlamaApi.call(() -> (int) api.modelNCtxTrain.invokeExact(model));
	}

	LlamaApi api() {
		return api;
	}

	MemorySegment segment() {
		return model;
	}

	@Override
	public void close() {
		arena.close();
		NativeHeap.trim();
	}

}
