package dev.corral.llamacpp.internal;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_INT;

/** llama.cpp v0.5.0 (September 2026), the libraries of the runtime pack. */
final class LlamaApiV050 extends LlamaApi {

	static final String MARKER = "llama_memory_seq_rm";

	private static final long N_GPU_LAYERS = 16;

	private static final long LOAD_MODE = 24;

	private static final long FLASH_ATTN_TYPE = 52;

	private static final long KV_UNIFIED = 133;

	private static final long POOLING_TYPE = 44;

	private static final long EMBEDDINGS = 128;

	private static final ParamsLayout LAYOUT = new ParamsLayout(80, 20, 72, 160, 28, 32, 84, 104, 108, 129, 130);

	/** Below this, flash attention decodes at half the speed or less (docs/adr/0004). */
	private static final int FLASH_ATTENTION_HEAD_SIZE = 64;

	private final MethodHandle version;

	private final MethodHandle modelNEmbdOut;

	private final MethodHandle getMemory;

	private final MethodHandle memorySeqRm;

	private final MethodHandle memorySeqCp;

	private final MethodHandle memorySeqAdd;

	private final MethodHandle memoryCanShift;

	LlamaApiV050(SymbolLookup lookup) {
		super(lookup, LAYOUT);
		version = bind("llama_version", FunctionDescriptor.of(ADDRESS));
		modelNEmbdOut = bind("llama_model_n_embd_out", FunctionDescriptor.of(JAVA_INT, ADDRESS));
		getMemory = bind("llama_get_memory", FunctionDescriptor.of(ADDRESS, ADDRESS));
		memorySeqRm = bind(MARKER, FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT));
		memorySeqCp = bind("llama_memory_seq_cp",
				FunctionDescriptor.ofVoid(ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
		memorySeqAdd = bind("llama_memory_seq_add",
				FunctionDescriptor.ofVoid(ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
		memoryCanShift = bind("llama_memory_can_shift", FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS));
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
	void configureFurther(MemorySegment contextParams, ContextOptions options, int headSize) {
		if (headSize < FLASH_ATTENTION_HEAD_SIZE) {
			contextParams.set(JAVA_INT, FLASH_ATTN_TYPE, 0);
		}
		contextParams.set(JAVA_BOOLEAN, KV_UNIFIED, unified(options));
	}

	/** A buffer for each sequence keeps its attention to its own cells; one for all is for when they have to share it. */
	@Override
	boolean unified(ContextOptions options) {
		return options.overcommitted();
	}

	@Override
	void removeFrom(MemorySegment context, int sequence, int position) {
		call(() -> {
			var memory = (MemorySegment) getMemory.invokeExact(context);
			return (boolean) memorySeqRm.invokeExact(memory, sequence, position, -1);
		});
	}

	@Override
	boolean canShift(MemorySegment context) {
		return call(() -> (boolean) memoryCanShift.invokeExact((MemorySegment) getMemory.invokeExact(context)));
	}

	@Override
	boolean slide(MemorySegment context, int sequence, int from, int to) {
		return call(() -> {
			var memory = (MemorySegment) getMemory.invokeExact(context);
			boolean removed = (boolean) memorySeqRm.invokeExact(memory, sequence, from, to);
			if (removed) {
				memorySeqAdd.invokeExact(memory, sequence, to, -1, from - to);
			}
			return removed;
		});
	}

	/** Without flash attention the values are stored transposed. */
	@Override
	String stateFormat(int headSize) {
		return headSize < FLASH_ATTENTION_HEAD_SIZE ? "f16" : "f16, flash attention where the device has it";
	}

	@Override
	void share(MemorySegment context, int from, int to, int positions) {
		call(() -> {
			memorySeqCp.invokeExact((MemorySegment) getMemory.invokeExact(context), from, to, 0, positions);
			return true;
		});
	}

	@Override
	void configureEmbeddings(MemorySegment contextParams) {
		contextParams.set(JAVA_INT, POOLING_TYPE, 0);
		contextParams.set(JAVA_BOOLEAN, EMBEDDINGS, true);
	}

	@Override
	int embeddingLength(MemorySegment model) {
		return call(() -> (int) modelNEmbdOut.invokeExact(model));
	}

	@Override
	void checkFurther(MemorySegment modelParams, MemorySegment contextParams) {
		expect("llama_version", "0.5.0", build().replaceFirst("-.*", ""));
		expect("n_gpu_layers", -1, modelParams.get(JAVA_INT, N_GPU_LAYERS));
		expect("load_mode", -1, modelParams.get(JAVA_INT, LOAD_MODE));
		expect("flash_attn_type", -1, contextParams.get(JAVA_INT, FLASH_ATTN_TYPE));
		expect("kv_unified", false, contextParams.get(JAVA_BOOLEAN, KV_UNIFIED));
		expect("pooling_type", -1, contextParams.get(JAVA_INT, POOLING_TYPE));
		expect("embeddings", false, contextParams.get(JAVA_BOOLEAN, EMBEDDINGS));
	}

}
