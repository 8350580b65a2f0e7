package dev.corral.upstream;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import dev.corral.inference.TokenLogprob;
import dev.corral.inference.Tokenizer;
import tools.jackson.databind.JsonNode;

/**
 * Reads {@code logprobs} of completions in which tokens are named by their ids ({@code return_tokens_as_token_ids}, as in vLLM). The bytes
 * that they stand for are looked up in the vocabulary.
 */
final class LogprobsReader {

	private static final Pattern NAME = Pattern.compile("token_id:(-?\\d{1,10})");

	private static final byte[] NONE = new byte[0];

	private final Tokenizer tokenizer;

	LogprobsReader(Tokenizer tokenizer) {
		this.tokenizer = tokenizer;
	}

	/**
	 * One for each token, without the first of a prompt, which follows on nothing.
	 *
	 * @param top how many of the most likely tokens each has
	 * @throws Unreadable if they are malformed
	 */
	List<TokenLogprob> read(JsonNode logprobs, int top) {
		var read = new ArrayList<TokenLogprob>();
		var values = logprobs.path("token_logprobs");
		for (int i = 0; i < values.size(); i++) {
			if (values.path(i).isNumber()) {
				int token = token(logprobs.path("tokens").path(i).asString(""));
				read.add(new TokenLogprob(token, values.path(i).doubleValue(), bytes(token),
						top(logprobs.path("top_logprobs").path(i), top)));
			}
		}
		return read;
	}

	/** The most likely come first; the token that is there is last, if it is none of them. */
	private List<TokenLogprob.Top> top(JsonNode likely, int most) {
		return likely.properties().stream().limit(most).map(entry -> {
			int token = token(entry.getKey());
			return new TokenLogprob.Top(token, entry.getValue().doubleValue(), bytes(token));
		}).toList();
	}

	private static int token(String name) {
		var id = NAME.matcher(name);
		if (!id.matches()) {
			throw new Unreadable("a token without an id");
		}
		return Integer.parseInt(id.group(1));
	}

	/** A control token has a name for a piece, and no text. */
	private byte[] bytes(int token) {
		return tokenizer.detokenize(List.of(token)).isEmpty() ? NONE : tokenizer.piece(token);
	}

}
