package dev.corral.llamacpp.internal;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

import dev.corral.inference.EngineUnavailable;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

/**
 * The C functions of llama.cpp that Corral calls: those whose signature is the same in every supported version, as method
 * handles, and one method for each thing that differs.
 *
 * <p>Signatures are those of {@code include/llama.h} at the tags named by the subclasses. The parameter structs are passed
 * by value; only their size matters for that, so they are laid out as opaque words and their fields are set by offset.
 */
abstract sealed class LlamaApi permits LlamaApiB4916, LlamaApiV050 {

	/** {@code struct llama_batch}, the same in every supported version; its fields are set by {@link NativeBatch}. */
	static final StructLayout BATCH = opaqueStruct(56);

	private static final Linker LINKER = Linker.nativeLinker();

	private final SymbolLookup lookup;

	private final ParamsLayout layout;

	private final StructLayout modelParams;

	private final StructLayout contextParams;

	final MethodHandle backendInit;

	final MethodHandle logSet;

	final MethodHandle printSystemInfo;

	private final MethodHandle modelDefaultParams;

	private final MethodHandle contextDefaultParams;

	final MethodHandle modelLoadFromFile;

	final MethodHandle modelFree;

	final MethodHandle modelGetVocab;

	final MethodHandle modelDesc;

	final MethodHandle modelNParams;

	final MethodHandle modelNCtxTrain;

	final MethodHandle modelNEmbd;

	final MethodHandle modelNHead;

	final MethodHandle modelRopeType;

	final MethodHandle vocabNTokens;

	final MethodHandle vocabGetText;

	final MethodHandle vocabIsControl;

	final MethodHandle vocabIsEog;

	final MethodHandle vocabBos;

	final MethodHandle vocabGetAddBos;

	final MethodHandle vocabEos;

	final MethodHandle vocabGetAddEos;

	final MethodHandle vocabFimPre;

	final MethodHandle vocabFimSuf;

	final MethodHandle vocabFimMid;

	final MethodHandle modelMetaValStr;

	final MethodHandle getEmbeddingsIth;

	final MethodHandle tokenize;

	final MethodHandle tokenToPiece;

	final MethodHandle initFromModel;

	final MethodHandle free;

	final MethodHandle decode;

	final MethodHandle getLogitsIth;

	final MethodHandle stateSeqGetSize;

	final MethodHandle stateSeqGetData;

	final MethodHandle stateSeqSetData;

	/**
	 * @throws EngineUnavailable if the library lacks one of the functions
	 */
	LlamaApi(SymbolLookup lookup, ParamsLayout layout) {
		this.lookup = lookup;
		this.layout = layout;
		modelParams = opaqueStruct(layout.modelParamsBytes());
		contextParams = opaqueStruct(layout.contextParamsBytes());
		backendInit = bind("llama_backend_init", FunctionDescriptor.ofVoid());
		logSet = bind("llama_log_set", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS));
		printSystemInfo = bind("llama_print_system_info", FunctionDescriptor.of(ADDRESS));
		modelDefaultParams = bind("llama_model_default_params", FunctionDescriptor.of(modelParams));
		contextDefaultParams = bind("llama_context_default_params", FunctionDescriptor.of(contextParams));
		modelLoadFromFile = bind("llama_model_load_from_file", FunctionDescriptor.of(ADDRESS, ADDRESS, modelParams));
		modelFree = bind("llama_model_free", FunctionDescriptor.ofVoid(ADDRESS));
		modelGetVocab = bind("llama_model_get_vocab", FunctionDescriptor.of(ADDRESS, ADDRESS));
		modelDesc = bind("llama_model_desc", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG));
		modelNParams = bind("llama_model_n_params", FunctionDescriptor.of(JAVA_LONG, ADDRESS));
		modelNCtxTrain = bind("llama_model_n_ctx_train", FunctionDescriptor.of(JAVA_INT, ADDRESS));
		modelNEmbd = bind("llama_model_n_embd", FunctionDescriptor.of(JAVA_INT, ADDRESS));
		modelNHead = bind("llama_model_n_head", FunctionDescriptor.of(JAVA_INT, ADDRESS));
		modelRopeType = bind("llama_model_rope_type", FunctionDescriptor.of(JAVA_INT, ADDRESS));
		vocabNTokens = bind("llama_vocab_n_tokens", FunctionDescriptor.of(JAVA_INT, ADDRESS));
		vocabGetText = bind("llama_vocab_get_text", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT));
		vocabIsControl = bind("llama_vocab_is_control", FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS, JAVA_INT));
		vocabIsEog = bind("llama_vocab_is_eog", FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS, JAVA_INT));
		vocabBos = bind("llama_vocab_bos", FunctionDescriptor.of(JAVA_INT, ADDRESS));
		vocabGetAddBos = bind("llama_vocab_get_add_bos", FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS));
		vocabEos = bind("llama_vocab_eos", FunctionDescriptor.of(JAVA_INT, ADDRESS));
		vocabGetAddEos = bind("llama_vocab_get_add_eos", FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS));
		vocabFimPre = bind("llama_vocab_fim_pre", FunctionDescriptor.of(JAVA_INT, ADDRESS));
		vocabFimSuf = bind("llama_vocab_fim_suf", FunctionDescriptor.of(JAVA_INT, ADDRESS));
		vocabFimMid = bind("llama_vocab_fim_mid", FunctionDescriptor.of(JAVA_INT, ADDRESS));
		modelMetaValStr = bind("llama_model_meta_val_str",
				FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG));
		getEmbeddingsIth = bind("llama_get_embeddings_ith", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT));
		tokenize = bind("llama_tokenize", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT,
				JAVA_BOOLEAN, JAVA_BOOLEAN));
		tokenToPiece = bind("llama_token_to_piece", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS,
				JAVA_INT, JAVA_INT, JAVA_BOOLEAN));
		initFromModel = bind("llama_init_from_model", FunctionDescriptor.of(ADDRESS, ADDRESS, contextParams));
		free = bind("llama_free", FunctionDescriptor.ofVoid(ADDRESS));
		decode = bind("llama_decode", FunctionDescriptor.of(JAVA_INT, ADDRESS, BATCH));
		getLogitsIth = bind("llama_get_logits_ith", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT));
		stateSeqGetSize = bind("llama_state_seq_get_size", FunctionDescriptor.of(JAVA_LONG, ADDRESS, JAVA_INT));
		stateSeqGetData = bind("llama_state_seq_get_data",
				FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT));
		stateSeqSetData = bind("llama_state_seq_set_data",
				FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT));
	}

	/** The release this library says it is, for example {@code b4916}. */
	abstract String build();

	/** Most sequences that one context can hold. */
	abstract int maxSequences();

	/** What a return code of {@code llama_decode} means. */
	DecodeResult decodeResult(int code) {
		return DecodeResult.of(code);
	}

	/** Forgets what a sequence holds from a position on. */
	abstract void removeFrom(MemorySegment context, int sequence, int position);

	/** Whether it turns the keys of just those layers of a model that have positions. */
	boolean turnsKeysOf(String architecture) {
		return true;
	}

	/** Whether the positions of what a context's sequences hold can be changed. */
	abstract boolean canShift(MemorySegment context);

	/**
	 * Forgets what a sequence holds at some positions. What comes after moves to where they were: its keys are turned to their new positions
	 * when the next batch is computed, before anything else is.
	 *
	 * @param from the first of the positions
	 * @param to the one after the last
	 * @return false if the sequence cannot forget a part of itself; nothing has changed then
	 */
	abstract boolean slide(MemorySegment context, int sequence, int from, int to);

	/** Lets a sequence that is empty share the first positions of another one; both must be in one buffer. */
	abstract void share(MemorySegment context, int from, int to, int positions);

	/** Whether all sequences keep their cells in one buffer when set up like this. */
	abstract boolean unified(ContextOptions options);

	/**
	 * Sets what this version alone has among a context's parameters.
	 *
	 * @param headSize width of one attention head of the model
	 */
	abstract void configureFurther(MemorySegment contextParams, ContextOptions options, int headSize);

	/** Makes a context give the last layer's states of all tokens, one by one. */
	abstract void configureEmbeddings(MemorySegment contextParams);

	/** Numbers in the state of a token after the last layer. */
	abstract int embeddingLength(MemorySegment model);

	/** What the bytes of a sequence's state depend on among the parameters set here. */
	abstract String stateFormat(int headSize);

	/** Compares further defaults of this version; see {@link #checkLayouts}. */
	abstract void checkFurther(MemorySegment modelParams, MemorySegment contextParams);

	/**
	 * The parameters of a context, in memory of the arena.
	 *
	 * @param headSize width of one attention head of the model
	 */
	final MemorySegment contextParams(Arena arena, ContextOptions options, int headSize) {
		var params = contextDefaults(arena);
		params.set(JAVA_INT, ParamsLayout.N_CTX, options.cacheTokens());
		params.set(JAVA_INT, ParamsLayout.N_BATCH, options.batchTokens());
		params.set(JAVA_INT, ParamsLayout.N_UBATCH, options.batchTokens());
		params.set(JAVA_INT, ParamsLayout.N_SEQ_MAX, options.sequences());
		params.set(JAVA_INT, layout.nThreads(), options.threads());
		params.set(JAVA_INT, layout.nThreadsBatch(), options.threads());
		params.set(JAVA_BOOLEAN, layout.noPerf(), true);
		configureFurther(params, options, headSize);
		return params;
	}

	/**
	 * Compares the library's own defaults, read through the offsets used here, with the values they are known to have.
	 *
	 * @throws EngineUnavailable if one differs: every later call would then read and write the wrong fields
	 */
	final void checkLayouts() {
		try (var arena = Arena.ofConfined()) {
			var model = modelDefaults(arena);
			expect("split_mode", 1, model.get(JAVA_INT, layout.splitMode()));
			expect("vocab_only", false, model.get(JAVA_BOOLEAN, layout.vocabOnly()));
			var context = contextDefaults(arena);
			expect("n_ctx", 512, context.get(JAVA_INT, ParamsLayout.N_CTX));
			expect("n_batch", 2048, context.get(JAVA_INT, ParamsLayout.N_BATCH));
			expect("n_ubatch", 512, context.get(JAVA_INT, ParamsLayout.N_UBATCH));
			expect("n_seq_max", 1, context.get(JAVA_INT, ParamsLayout.N_SEQ_MAX));
			expect("n_threads", 4, context.get(JAVA_INT, layout.nThreads()));
			expect("n_threads_batch", 4, context.get(JAVA_INT, layout.nThreadsBatch()));
			expect("defrag_thold", -1f, context.get(JAVA_FLOAT, layout.defragThold()));
			expect("type_k", 1, context.get(JAVA_INT, layout.typeK()));
			expect("type_v", 1, context.get(JAVA_INT, layout.typeV()));
			expect("offload_kqv", true, context.get(JAVA_BOOLEAN, layout.offloadKqv()));
			expect("no_perf", true, context.get(JAVA_BOOLEAN, layout.noPerf()));
			checkFurther(model, context);
		}
	}

	final MethodHandle bind(String function, FunctionDescriptor descriptor) {
		var address = lookup.find(function)
				.orElseThrow(() -> new EngineUnavailable("the llama.cpp library has no function " + function));
		return LINKER.downcallHandle(address, descriptor);
	}

	final MemorySegment modelDefaults(Arena arena) {
		return call(() -> (MemorySegment) modelDefaultParams.invokeExact((SegmentAllocator) arena));
	}

	/** Asks for the vocabulary alone: no weights are read, and nothing can be computed. */
	final MemorySegment vocabularyOnly(Arena arena) {
		var params = modelDefaults(arena);
		params.set(JAVA_BOOLEAN, layout.vocabOnly(), true);
		return params;
	}

	private MemorySegment contextDefaults(Arena arena) {
		return call(() -> (MemorySegment) contextDefaultParams.invokeExact((SegmentAllocator) arena));
	}

	/** Runs a native call. The bound functions throw nothing, so anything thrown is a mistake of the binding. */
	static <T> T call(NativeCall<T> call) {
		try {
			return call.run();
		} catch (RuntimeException | Error unchecked) {
			throw unchecked;
		} catch (Throwable impossible) {
			throw new AssertionError(impossible);
		}
	}

	static String string(MemorySegment pointer) {
		return pointer.equals(MemorySegment.NULL) ? "" : pointer.reinterpret(Long.MAX_VALUE).getString(0);
	}

	static void expect(String field, Object golden, Object actual) {
		if (!golden.equals(actual)) {
			throw new EngineUnavailable(
					"the llama.cpp library does not have the expected binary interface: the default of %s is %s instead of %s"
							.formatted(field, actual, golden));
		}
	}

	private static StructLayout opaqueStruct(long bytes) {
		return MemoryLayout.structLayout(MemoryLayout.sequenceLayout(bytes / Long.BYTES, ValueLayout.JAVA_LONG));
	}

	@FunctionalInterface
	interface NativeCall<T> {

		T run() throws Throwable;

	}

}
