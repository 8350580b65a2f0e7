package dev.corral.llamacpp.internal;

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

	private static final long USE_MMAP = 57;

	private static final long DEFRAG_THOLD = 64;

	private static final long POOLING_TYPE = 28;

	private static final long EMBEDDINGS = 97;

	private static final ParamsLayout LAYOUT = new ParamsLayout(64, 12, 56, 120, 16, 20, DEFRAG_THOLD, 88, 92, 98,
			100);

	private final int buildNumber;

	private final MethodHandle kvSelfSeqRm;

	private final MethodHandle kvSelfSeqCp;

	private final MethodHandle kvSelfSeqAdd;

	private final MethodHandle kvSelfCanShift;

	LlamaApiB4916(SymbolLookup lookup) {
		super(lookup, LAYOUT);
		kvSelfSeqRm = bind(MARKER, FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT));
		kvSelfSeqCp = bind("llama_kv_self_seq_cp",
				FunctionDescriptor.ofVoid(ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
		kvSelfSeqAdd = bind("llama_kv_self_seq_add",
				FunctionDescriptor.ofVoid(ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
		kvSelfCanShift = bind("llama_kv_self_can_shift", FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS));
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

	/** This version places a batch in neighbouring cells only, so holes have to be closed now and then. */
	@Override
	void configureFurther(MemorySegment contextParams, ContextOptions options, int headSize) {
		contextParams.set(JAVA_FLOAT, DEFRAG_THOLD, 0.1f);
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

	/** This version turns the keys of all layers, of which Cohere's Command R7B has some without positions. */
	@Override
	boolean turnsKeysOf(String architecture) {
		return !architecture.equals("cohere2");
	}

	@Override
	boolean canShift(MemorySegment context) {
		return call(() -> (boolean) kvSelfCanShift.invokeExact(context));
	}

	@Override
	boolean slide(MemorySegment context, int sequence, int from, int to) {
		return call(() -> {
			boolean removed = (boolean) kvSelfSeqRm.invokeExact(context, sequence, from, to);
			if (removed) {
				kvSelfSeqAdd.invokeExact(context, sequence, to, -1, from - to);
			}
			return removed;
		});
	}

	@Override
	boolean unified(ContextOptions options) {
		return true;
	}

	@Override
	String stateFormat(int headSize) {
		return "f16";
	}

	@Override
	void share(MemorySegment context, int from, int to, int positions) {
		call(() -> {
			kvSelfSeqCp.invokeExact(context, from, to, 0, positions);
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
		return call(() -> (int) modelNEmbd.invokeExact(model));
	}

	@Override
	void checkFurther(MemorySegment modelParams, MemorySegment contextParams) {
		expect("LLAMA_BUILD_NUMBER", 4916, buildNumber);
		expect("use_mmap", true, modelParams.get(JAVA_BOOLEAN, USE_MMAP));
		expect("pooling_type", -1, contextParams.get(JAVA_INT, POOLING_TYPE));
		expect("embeddings", false, contextParams.get(JAVA_BOOLEAN, EMBEDDINGS));
	}

}
