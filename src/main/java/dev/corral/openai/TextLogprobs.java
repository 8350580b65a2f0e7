package dev.corral.openai;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * {@code logprobs} of a completion in the OpenAI API, in which every list has an entry for each token.
 *
 * @param textOffset where the text of each token begins: so many code points are before it
 * @param tokenLogprobs null for the first token of a prompt, which follows on nothing
 * @param tokens their texts
 * @param topLogprobs by their texts the most likely tokens at this place, and the one that is there; null for the first of a prompt
 */
record TextLogprobs(List<Integer> textOffset, List<@Nullable Double> tokenLogprobs, List<String> tokens,
		List<@Nullable Map<String, Double>> topLogprobs) {

	/** These tokens and the next ones. */
	TextLogprobs plus(TextLogprobs next) {
		return new TextLogprobs(joined(textOffset, next.textOffset), joined(tokenLogprobs, next.tokenLogprobs),
				joined(tokens, next.tokens), joined(topLogprobs, next.topLogprobs));
	}

	private static <T extends @Nullable Object> List<T> joined(List<T> first, List<T> second) {
		var both = new ArrayList<T>(first);
		both.addAll(second);
		return both;
	}

}
