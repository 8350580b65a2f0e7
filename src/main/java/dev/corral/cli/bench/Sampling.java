package dev.corral.cli.bench;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * How replies are to be sampled.
 *
 * @param topK {@code null} leaves it to the target
 * @param ignoreEos asks for replies that do not end before their limit; servers that do not know it ignore or refuse it
 * @param bannedTokens never to be generated
 * @param body more fields of the request, by name, as JSON
 */
record Sampling(double temperature, @Nullable Integer topK, boolean ignoreEos, List<Integer> bannedTokens,
		Map<String, String> body) {

	/** The strongest logit bias of the API. */
	static final float BAN = -100;

	Sampling {
		bannedTokens = List.copyOf(bannedTokens);
		body = Map.copyOf(body);
	}

}
