package dev.corral.catalog.gguf;

import java.util.List;

/** Names of {@code general.file_type}, from enum llama_ftype in include/llama.h, llama.cpp v0.5.0. */
final class FileTypes {

	/** By id; empty where support was removed. */
	private static final List<String> NAMES = List.of("F32", "F16", "Q4_0", "Q4_1", "", "", "", "Q8_0", "Q5_0", "Q5_1",
			"Q2_K", "Q3_K_S", "Q3_K_M", "Q3_K_L", "Q4_K_S", "Q4_K_M", "Q5_K_S", "Q5_K_M", "Q6_K", "IQ2_XXS", "IQ2_XS",
			"Q2_K_S", "IQ3_XS", "IQ3_XXS", "IQ1_S", "IQ4_NL", "IQ3_S", "IQ3_M", "IQ2_S", "IQ2_M", "IQ4_XS", "IQ1_M",
			"BF16", "", "", "", "TQ1_0", "TQ2_0", "MXFP4_MOE", "NVFP4", "Q1_0", "Q2_0");

	private FileTypes() {
	}

	/** The quantization of a file: as it says itself, else the type of most of its weights. */
	static String name(Metadata metadata, Weights weights) {
		return metadata.findWhole("general.file_type", 0, Integer.MAX_VALUE).filter(id -> id < NAMES.size())
				.map(NAMES::get).filter(name -> !name.isEmpty()).orElse(weights.mainType());
	}

}
