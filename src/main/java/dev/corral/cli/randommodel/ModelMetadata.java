package dev.corral.cli.randommodel;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import dev.corral.catalog.gguf.GgufReader;

/** The key-value pairs of a model with random weights, with the conversation template of the model that ships with Corral. */
final class ModelMetadata {

	private ModelMetadata() {
	}

	/** The same shape and seed give the same pairs in the same order. */
	static Map<String, Object> of(ModelShape shape, long seed) throws IOException {
		var cria = RandomVocabulary.copyOfCria();
		try {
			return of(shape, seed, RandomVocabulary.of(shape.vocabulary(), cria, new SplittableRandom(seed)).tokens(),
					GgufReader.read(cria).chatTemplate());
		} finally {
			Files.delete(cria);
		}
	}

	private static Map<String, Object> of(ModelShape shape, long seed, List<String> tokens,
			@Nullable String template) {
		var values = new LinkedHashMap<String, Object>();
		values.put("general.architecture", "llama");
		values.put("general.name", "Random weights, seed " + seed);
		values.put("general.description", "Random weights for measuring speed. It says nothing.");
		values.put("general.file_type", shape.type().fileType);
		values.put("general.quantization_version", 2);
		values.put("llama.context_length", shape.contextTokens());
		values.put("llama.embedding_length", shape.width());
		values.put("llama.block_count", shape.layers());
		values.put("llama.feed_forward_length", shape.feedForward());
		values.put("llama.attention.head_count", shape.heads());
		values.put("llama.attention.head_count_kv", shape.kvHeads());
		values.put("llama.attention.layer_norm_rms_epsilon", 1e-5f);
		values.put("llama.rope.dimension_count", shape.headWidth());
		values.put("llama.rope.freq_base", 10_000f);
		values.put("llama.vocab_size", tokens.size());
		values.put("tokenizer.ggml.model", "llama");
		values.put("tokenizer.ggml.pre", "default");
		values.put("tokenizer.ggml.tokens", tokens);
		values.put("tokenizer.ggml.scores", scores(tokens.size()));
		values.put("tokenizer.ggml.token_type",
				IntStream.range(0, tokens.size()).map(RandomVocabulary::type).toArray());
		values.put("tokenizer.ggml.bos_token_id", RandomVocabulary.BOS);
		values.put("tokenizer.ggml.eos_token_id", RandomVocabulary.EOS);
		values.put("tokenizer.ggml.unknown_token_id", RandomVocabulary.UNKNOWN);
		values.put("tokenizer.ggml.add_bos_token", true);
		values.put("tokenizer.ggml.add_eos_token", false);
		values.put("tokenizer.ggml.add_space_prefix", true);
		if (template != null) {
			values.put("tokenizer.chat_template", template);
		}
		return values;
	}

	private static float[] scores(int tokens) {
		var scores = new float[tokens];
		for (int id = 0; id < tokens; id++) {
			scores[id] = RandomVocabulary.score(id);
		}
		return scores;
	}

}
