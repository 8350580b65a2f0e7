package dev.corral.catalog.gguf;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The tokens of a model, as far as the platform needs them.
 *
 * @param model the tokenizer's kind as GGUF names it: {@code llama} is SentencePiece, {@code gpt2} byte-level BPE
 * @param tokens size of the vocabulary
 * @param bosToken text of the beginning-of-sequence token; empty if there is none
 * @param eosToken text of the end-of-sequence token; empty if there is none
 * @param addsBos whether the tokenizer puts the beginning-of-sequence token in front of a prompt
 */
public record Vocabulary(String model, int tokens, String bosToken, String eosToken, boolean addsBos) {

	/** The largest vocabularies in use have 262 144 tokens. */
	static final int MAX_TOKENS = 1 << 20;

	static final int MAX_TOKEN_BYTES = 1 << 14;

	private static final String PREFIX = "tokenizer.ggml.";

	/** Ids that llama.cpp falls back to when the file names none. */
	private static final Map<String, Integer> SENTENCE_PIECE_DEFAULTS = Map.of("bos", 1, "eos", 2);

	/** Others belong to models that encode or that speak no text; to decode with them aborts the runtime. */
	private static final Set<String> MODELS = Set.of("llama", "gpt2", "gemma4");

	/** Pre-tokenizers whose models begin a prompt with BOS unless the file says otherwise (llama-vocab.cpp, v0.5.0). */
	private static final Set<String> PRE_TOKENIZERS_WITH_BOS = Set.of("llama3", "llama-v3", "llama-bpe", "falcon3",
			"falcon-h1", "pixtral", "midm-2.0", "lfm2", "tekken", "chameleon");

	/** Ids that generation uses. The others (padding, infill) are out of range in files in use, and the runtime ignores them. */
	private static final List<String> SPECIAL_TOKENS = List.of("bos", "eos", "eot", "eom", "unknown");

	static Vocabulary read(Metadata metadata) {
		var model = metadata.text(PREFIX + "model");
		if (!MODELS.contains(model)) {
			throw Flaw.of("its tokenizer is %s, supported are %s", Flaw.quoted(model),
					MODELS.stream().sorted().toList());
		}
		var tokens = metadata.tokens();
		checkArrays(metadata, tokens.size());
		checkTexts(model, tokens);
		var ids = new HashMap<>(model.equals("llama") ? SENTENCE_PIECE_DEFAULTS : Map.of());
		for (var special : SPECIAL_TOKENS) {
			var key = PREFIX + special + "_token_id";
			metadata.findWhole(key, 0, Integer.MAX_VALUE).ifPresent(id -> {
				if (id >= tokens.size()) {
					throw Flaw.of("%s is %d, outside the vocabulary of %d tokens", key, id, tokens.size());
				}
				ids.put(special, id);
			});
		}
		boolean addsBos = metadata.findFlag(PREFIX + "add_bos_token").orElseGet(() -> model.equals("llama")
				|| PRE_TOKENIZERS_WITH_BOS.contains(metadata.findText(PREFIX + "pre").orElse("")));
		return new Vocabulary(model, tokens.size(), text(tokens, ids.get("bos")), text(tokens, ids.get("eos")),
				addsBos);
	}

	private static void checkArrays(Metadata metadata, int tokens) {
		var texts = metadata.findArray(MetadataReader.TOKENS)
				.orElseThrow(() -> Flaw.of("its metadata has no %s", MetadataReader.TOKENS));
		if (texts.elementType() != ValueType.STRING || tokens == 0) {
			throw Flaw.of("%s has %d values of type %s, it must have strings", MetadataReader.TOKENS, texts.length(),
					texts.elementType());
		}
		for (var name : List.of("scores", "token_type")) {
			metadata.findArray(PREFIX + name).filter(array -> array.length() != tokens).ifPresent(array -> {
				throw Flaw.of("%s%s has %d values for %d tokens", PREFIX, name, array.length(), tokens);
			});
		}
	}

	/** The runtime aborts when two tokens have one text, and when text needs a byte that a SentencePiece vocabulary lacks. */
	private static void checkTexts(String model, List<String> tokens) {
		var texts = HashSet.<String>newHashSet(tokens.size());
		for (int id = 0; id < tokens.size(); id++) {
			if (!texts.add(asTheRuntimeSees(tokens.get(id), id))) {
				throw Flaw.of("token %d has the text %s of an earlier token", id,
						Flaw.quoted(GgufInput.utf8(tokens.get(id))));
			}
		}
		if (model.equals("llama")) {
			for (int value = 0; value < 256; value++) {
				boolean plain = value > 0 && texts.contains(String.valueOf((char) value));
				if (!plain && !texts.contains("<0x%02X>".formatted(value))) {
					throw Flaw.of("its vocabulary has no token for the byte 0x%02X", value);
				}
			}
		}
	}

	/** It takes texts up to their first zero byte and gives the empty ones a name. */
	private static String asTheRuntimeSees(String token, int id) {
		int zero = token.indexOf('\0');
		var text = zero < 0 ? token : token.substring(0, zero);
		return text.isEmpty() ? "[EMPTY_%d]".formatted(id) : text;
	}

	private static String text(List<String> tokens, @Nullable Integer id) {
		return id == null || id >= tokens.size() ? "" : GgufInput.utf8(tokens.get(id));
	}

}
