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

/** llama.cpp b4916 (March 2025), the library inside the {@code de.kherud:llama:4.2.0} jar. */
final class LlamaApiB4916 extends LlamaApi {

	static final String MARKER = "llama_kv_self_seq_rm";

	// struct llama_model_params
	private static final long SPLIT_MODE = 12;
	private static final long USE_MMAP = 57;

	// struct llama_context_params
	private static final long N_CTX = 0;
	private static final long N_BATCH = 4;
	private static final long N_UBATCH = 8;
	private static final long N_SEQ_MAX = 12;
	private static final long N_THREADS = 16;
	private static final long N_THREADS_BATCH = 20;
	private static final long DEFRAG_THOLD = 64;
	private static final long TYPE_K = 88;
	private static final long TYPE_V = 92;
	private static final long OFFLOAD_KQV = 98;
	private static final long NO_PERF = 100;

	private final int buildNumber;

	private final MethodHandle kvSelfSeqRm;

	LlamaApiB4916(SymbolLookup lookup) {
		super(lookup, 64, 120);
		kvSelfSeqRm = bind(MARKER, FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT));
		buildNumber = lookup.find("LLAMA_BUILD_NUMBER")
				.map(number -> number.reinterpret(Integer.BYTES).get(JAVA_INT, 0))
				.orElse(0);
	}

	@Override
	String build() {
		return "b" + buildNumber;
	}

	@Override
	int maxSequences() {
		return 64;
	}

	@Override
	void configure(MemorySegment params, ContextOptions options, int headSize) {
		params.set(JAVA_INT, N_CTX, options.cells());
		params.set(JAVA_INT, N_BATCH, options.batchTokens());
		params.set(JAVA_INT, N_UBATCH, options.batchTokens());
		params.set(JAVA_INT, N_SEQ_MAX, options.sequences());
		params.set(JAVA_INT, N_THREADS, options.threads());
		params.set(JAVA_INT, N_THREADS_BATCH, options.threads());
		// This version places a batch in neighbouring cells only, so holes have to be closed now and then.
		params.set(JAVA_FLOAT, DEFRAG_THOLD, 0.1f);
		params.set(JAVA_BOOLEAN, NO_PERF, true);
	}

	/** This version answers a full cache with the code of a failed computation, not with the 1 that its header promises. */
	@Override
	DecodeResult decodeResult(int code) {
		return code == -3 ? DecodeResult.NO_KV_SLOT : super.decodeResult(code);
	}

	@Override
	void removeFrom(MemorySegment context, int sequence, int position) {
		call(() -> (boolean) kvSelfSeqRm.invokeExact(context, sequence, position, -1));
	}

	@Override
	void checkLayouts() {
		expect("LLAMA_BUILD_NUMBER", 4916, buildNumber);
		try (var arena = Arena.ofConfined()) {
			var model = modelDefaults(arena);
			expect("split_mode", 1, model.get(JAVA_INT, SPLIT_MODE));
			expect("use_mmap", true, model.get(JAVA_BOOLEAN, USE_MMAP));
			var context = contextDefaults(arena);
			expect("n_ctx", 512, context.get(JAVA_INT, N_CTX));
			expect("n_batch", 2048, context.get(JAVA_INT, N_BATCH));
			expect("n_ubatch", 512, context.get(JAVA_INT, N_UBATCH));
			expect("n_seq_max", 1, context.get(JAVA_INT, N_SEQ_MAX));
			expect("defrag_thold", -1f, context.get(JAVA_FLOAT, DEFRAG_THOLD));
			expect("type_k", 1, context.get(JAVA_INT, TYPE_K));
			expect("type_v", 1, context.get(JAVA_INT, TYPE_V));
			expect("offload_kqv", true, context.get(JAVA_BOOLEAN, OFFLOAD_KQV));
		}
	}

}
