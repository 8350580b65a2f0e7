package dev.corral.openai;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.GenerationRequest;
import dev.corral.inference.InvalidParameter;
import dev.corral.web.JsonFields;

/**
 * How many replies a request asks for and what they tell about their tokens.
 *
 * @param choices how many are answered, 1 to {@value #MAX_CHOICES}
 * @param bestOf how many are generated for those to be the best of, {@code choices} to {@value #MAX_CHOICES}
 * @param topLogprobs how many of the most likely tokens are told beside each token's log-probability; {@code null} tells neither
 */
record ReplyOptions(int choices, int bestOf, @Nullable Integer topLogprobs) {

	static final int MAX_CHOICES = 16;

	static final ReplyOptions ONE = new ReplyOptions(1, 1, null);

	/**
	 * @throws InvalidParameter naming the field that is out of its range or does not go with another
	 */
	static ReplyOptions parse(JsonFields fields) {
		return parse(fields, topLogprobs(fields));
	}

	/** With log-probabilities as they were asked for otherwise. */
	static ReplyOptions parse(JsonFields fields, @Nullable Integer topLogprobs) {
		int n = choices(fields, "n", 1);
		int bestOf = choices(fields, "best_of", n);
		if (bestOf < n) {
			throw fields.invalid("best_of", "must be 'n' or more, but is %d with 'n' %d".formatted(bestOf, n));
		}
		if (fields.has("best_of") && fields.flag("stream")) {
			throw fields.invalid("best_of", "must be absent from a streamed request: the best are known at the end");
		}
		return new ReplyOptions(n, bestOf, topLogprobs);
	}

	private static int choices(JsonFields fields, String name, int absent) {
		var value = fields.integer(name);
		if (value != null && (value < 1 || value > MAX_CHOICES)) {
			throw fields.invalid(name, "must be between 1 and %d, but is %d".formatted(MAX_CHOICES, value));
		}
		return value == null ? absent : value;
	}

	private static @Nullable Integer topLogprobs(JsonFields fields) {
		var top = fields.integer("top_logprobs");
		if (!fields.flag("logprobs")) {
			if (top != null) {
				throw fields.invalid("top_logprobs", "must be absent unless 'logprobs' is true");
			}
			return null;
		}
		if (top != null && (top < 0 || top > GenerationRequest.MAX_LOGPROBS)) {
			throw fields.invalid("top_logprobs",
					"must be between 0 and %d, but is %d".formatted(GenerationRequest.MAX_LOGPROBS, top));
		}
		return top == null ? Integer.valueOf(0) : top;
	}

	/** What the engine must report: the best replies are chosen by their log-probabilities, told or not. */
	@Nullable
	Integer engineLogprobs() {
		return topLogprobs == null && bestOf > choices ? Integer.valueOf(0) : topLogprobs;
	}

	boolean logprobs() {
		return topLogprobs != null;
	}

}
