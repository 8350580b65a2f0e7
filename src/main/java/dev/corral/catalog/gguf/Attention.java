package dev.corral.catalog.gguf;

import java.util.List;
import java.util.Set;

/** The attention heads of a model: their number, length and rotation. */
final class Attention {

	private static final int MAX_HEADS = 1 << 13;

	private static final int F16_BYTES = 2;

	private static final Set<String> ROPE_SCALINGS = Set.of("none", "linear", "yarn", "longrope");

	/** Architectures whose keys and values differ in length; the graphs of the others assert that they do not. */
	private static final Set<String> UNEQUAL_HEADS = Set.of("deepseek2.", "deepseek2-ocr.", "deepseek32.", "deepseek4.",
			"glm-dsa.", "minicpm3.", "plm.", "mimo2.", "mistral4.", "kimi-linear.", "kimi-k3.", "bailingmoe3.",
			"dots3note.", "hy_v4.");

	/** Architectures near LLaMA whose graphs assert that rotation covers the whole of an attention head. */
	private static final Set<String> WHOLE_ROTATION = Set.of("llama.", "llama4.", "mistral3.", "qwen2.", "qwen2moe.",
			"qwen3.", "qwen3moe.", "baichuan.", "internlm2.", "xverse.", "orion.", "olmo.", "olmo2.", "granite.",
			"smollm3.", "deepseek.", "exaone.", "starcoder2.");

	private Attention() {
	}

	/** Checks the heads of all blocks and tells what one token takes in an F16 key-value cache. */
	static long cacheBytesPerToken(String prefix, int blocks, int embedding, Metadata metadata) {
		var heads = headCounts(prefix, blocks, metadata);
		var keyValueHeads = metadata.findPerBlock(prefix + "attention.head_count_kv", blocks, 0, MAX_HEADS)
				.orElse(heads);
		checkSharing(prefix, heads, keyValueHeads, metadata);
		int headLength = embedding / Math.max(1, heads.getFirst());
		if (headLength == 0) {
			throw Flaw.of("%sembedding_length is %d, too small for %d attention heads", prefix, embedding,
					heads.getFirst());
		}
		int keyLength = headLength(prefix, "key", headLength, metadata);
		int valueLength = headLength(prefix, "value", headLength, metadata);
		if (keyLength != valueLength && !UNEQUAL_HEADS.contains(prefix)) {
			throw Flaw.of("%sattention.key_length is %d and value_length %d, they must be equal", prefix, keyLength,
					valueLength);
		}
		checkRotation(prefix, keyLength, metadata);
		long heightOfAll = keyValueHeads.stream().mapToLong(Integer::longValue).sum();
		return heightOfAll * (keyLength + valueLength) * F16_BYTES;
	}

	private static void checkSharing(String prefix, List<Integer> heads, List<Integer> keyValueHeads,
			Metadata metadata) {
		for (int block = 0; block < heads.size(); block++) {
			int shared = keyValueHeads.get(block);
			boolean uneven = shared > 0 ? heads.get(block) % shared != 0 : shared == 0 && oneForAll(prefix, metadata);
			if (uneven) {
				throw Flaw.of("%sattention.head_count is %d, which is no multiple of head_count_kv, %d", prefix,
						heads.get(block), shared);
			}
		}
		if (prefix.equals("llama.") && (differ(heads) || differ(keyValueHeads))) {
			throw new Flaw("its blocks have different numbers of attention heads, which LLaMA has not");
		}
	}

	private static boolean differ(List<Integer> counts) {
		return counts.stream().distinct().count() > 1;
	}

	/** Hybrid models have blocks without attention and say so with an array; a plain zero is a damaged file. */
	private static boolean oneForAll(String prefix, Metadata metadata) {
		return !(metadata.values().get(prefix + "attention.head_count_kv") instanceof GgufValue.Array);
	}

	private static List<Integer> headCounts(String prefix, int blocks, Metadata metadata) {
		var key = prefix + "attention.head_count";
		var heads = metadata.findPerBlock(key, blocks, 0, MAX_HEADS)
				.orElseThrow(() -> Flaw.of("its metadata has no %s", key));
		if (heads.stream().allMatch(count -> count == 0)) {
			throw Flaw.of("%s is 0, it must be 1 or more", key);
		}
		return heads;
	}

	private static int headLength(String prefix, String part, int derived, Metadata metadata) {
		return metadata.findWhole(prefix + "attention." + part + "_length", 1, Hyperparameters.MAX_EMBEDDING_LENGTH)
				.orElse(derived);
	}

	private static void checkRotation(String prefix, int keyLength, Metadata metadata) {
		var key = prefix + "rope.dimension_count";
		int rotated = metadata.findWhole(key, 0, Hyperparameters.MAX_EMBEDDING_LENGTH).orElse(keyLength);
		if (rotated % 2 != 0 || rotated > keyLength) {
			throw Flaw.of("%s is %d, it must be even and at most %d, the length of an attention head", key, rotated,
					keyLength);
		}
		if (rotated != keyLength && WHOLE_ROTATION.contains(prefix)) {
			throw Flaw.of("%s is %d, it must be %d, the length of an attention head", key, rotated, keyLength);
		}
		var scaling = metadata.findText(prefix + "rope.scaling.type").orElse("linear");
		if (!ROPE_SCALINGS.contains(scaling)) {
			throw Flaw.of("%srope.scaling.type is %s, known are %s", prefix, Flaw.quoted(scaling),
					ROPE_SCALINGS.stream().sorted().toList());
		}
	}

}
