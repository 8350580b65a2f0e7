package dev.corral.llamacpp.internal;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

/** llama.cpp v0.5.0 (September 2026), the libraries of the runtime pack. */
final class LlamaApiV050 extends LlamaApi {

	static final String MARKER = "llama_memory_seq_rm";

	// struct llama_model_params
	private static final long N_GPU_LAYERS = 16;
	private static final long SPLIT_MODE = 20;
	private static final long LOAD_MODE = 24;

	// struct llama_context_params
	private static final long N_CTX = 0;
	private static final long N_BATCH = 4;
	private static final long N_UBATCH = 8;
	private static final long N_SEQ_MAX = 12;
	private static final long N_THREADS = 28;
	private static final long N_THREADS_BATCH = 32;
	private static final long FLASH_ATTN_TYPE = 52;
	private static final long DEFRAG_THOLD = 84;
	private static final long TYPE_K = 104;
	private static final long TYPE_V = 108;
	private static final long OFFLOAD_KQV = 129;
	private static final long NO_PERF = 130;
	private static final long KV_UNIFIED = 133;

	/** Below this, flash attention decodes at half the speed or less (docs/adr/0004). */
	private static final int FLASH_ATTENTION_HEAD_SIZE = 64;

	private final MethodHandle version;

	private final MethodHandle getMemory;

	private final MethodHandle memorySeqRm;

	LlamaApiV050(SymbolLookup lookup) {
		super(lookup, 80, 160);
		version = bind("llama_version", FunctionDescriptor.of(ADDRESS));
		getMemory = bind("llama_get_memory", FunctionDescriptor.of(ADDRESS, ADDRESS));
		memorySeqRm = bind(MARKER, FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT));
	}

	@Override
	String build() {
		return call(() -> string((MemorySegment) version.invokeExact()));
	}

	@Override
	int maxSequences() {
		return 256;
	}

	@Override
	void configure(MemorySegment params, ContextOptions options, int headSize) {
		params.set(JAVA_INT, N_CTX, options.cells());
		params.set(JAVA_INT, N_BATCH, options.batchTokens());
		params.set(JAVA_INT, N_UBATCH, options.batchTokens());
		params.set(JAVA_INT, N_SEQ_MAX, options.sequences());
		params.set(JAVA_INT, N_THREADS, options.threads());
		params.set(JAVA_INT, N_THREADS_BATCH, options.threads());
		if (headSize < FLASH_ATTENTION_HEAD_SIZE) {
			params.set(JAVA_INT, FLASH_ATTN_TYPE, 0);
		}
		params.set(JAVA_BOOLEAN, NO_PERF, true);
		// Sequences share nothing yet, and a stream of its own keeps each one's attention to its own cells.
		params.set(JAVA_BOOLEAN, KV_UNIFIED, false);
	}

	@Override
	void removeFrom(MemorySegment context, int sequence, int position) {
		call(() -> {
			var memory = (MemorySegment) getMemory.invokeExact(context);
			return (boolean) memorySeqRm.invokeExact(memory, sequence, position, -1);
		});
	}

	@Override
	void checkLayouts() {
		expect("llama_version", "0.5.0", build().replaceFirst("-.*", ""));
		try (var arena = Arena.ofConfined()) {
			var model = modelDefaults(arena);
			expect("n_gpu_layers", -1, model.get(JAVA_INT, N_GPU_LAYERS));
			expect("split_mode", 1, model.get(JAVA_INT, SPLIT_MODE));
			expect("load_mode", -1, model.get(JAVA_INT, LOAD_MODE));
			var context = contextDefaults(arena);
			expect("n_ctx", 512, context.get(JAVA_INT, N_CTX));
			expect("n_batch", 2048, context.get(JAVA_INT, N_BATCH));
			expect("n_ubatch", 512, context.get(JAVA_INT, N_UBATCH));
			expect("n_seq_max", 1, context.get(JAVA_INT, N_SEQ_MAX));
			expect("flash_attn_type", -1, context.get(JAVA_INT, FLASH_ATTN_TYPE));
			expect("defrag_thold", -1f, context.get(JAVA_FLOAT, DEFRAG_THOLD));
			expect("type_k", 1, context.get(JAVA_INT, TYPE_K));
			expect("type_v", 1, context.get(JAVA_INT, TYPE_V));
			expect("offload_kqv", true, context.get(JAVA_BOOLEAN, OFFLOAD_KQV));
			expect("kv_unified", false, context.get(JAVA_BOOLEAN, KV_UNIFIED));
		}
	}

}
