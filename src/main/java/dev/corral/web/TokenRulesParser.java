package dev.corral.web;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.InvalidParameter;
import dev.corral.inference.TokenRules;

/** Reads what a request says about single tokens. That the vocabulary has them is checked by the engine. */
public final class TokenRulesParser {

	public static final int MAX_LOGIT_BIASES = 300;

	private TokenRulesParser() {
	}

	public static TokenRules parse(JsonFields fields) {
		var minTokens = fields.integer("min_tokens");
		var banned = tokenIds(fields, "banned_token_ids");
		var stops = tokenIds(fields, "stop_token_ids");
		return new TokenRules(logitBias(fields), tokenIds(fields, "allowed_token_ids"),
				banned == null ? Set.of() : banned, minTokens == null ? 0 : minTokens, fields.flag("ignore_eos"),
				stops == null ? Set.of() : stops);
	}

	private static Map<Integer, Float> logitBias(JsonFields fields) {
		var given = fields.object("logit_bias");
		if (given == null) {
			return Map.of();
		}
		if (given.size() > MAX_LOGIT_BIASES) {
			throw fields.invalid("logit_bias",
					"may hold at most %d entries, but holds %d".formatted(MAX_LOGIT_BIASES, given.size()));
		}
		var biases = new HashMap<Integer, Float>();
		given.numbers().forEach((token, bias) -> biases.put(tokenId(fields, token), bias));
		return biases;
	}

	/** @throws InvalidParameter if the key is not a whole number in decimal digits */
	private static int tokenId(JsonFields fields, String key) {
		if (!key.matches("\\d{1,9}")) {
			throw fields.invalid("logit_bias", "must have token ids as keys");
		}
		return Integer.parseInt(key);
	}

	private static @Nullable Set<Integer> tokenIds(JsonFields fields, String name) {
		var items = fields.array(name);
		if (items == null) {
			return null;
		}
		var tokens = new LinkedHashSet<Integer>();
		items.forEach(item -> tokens.add(item.integer()));
		return tokens;
	}

}
