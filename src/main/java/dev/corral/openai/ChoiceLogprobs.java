package dev.corral.openai;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.TokenLogprob;
import dev.corral.web.TokenBytes;

/** {@code logprobs} of a choice in the OpenAI API; {@code refusal} is required there and always null here. */
record ChoiceLogprobs(List<Token> content, @Nullable Object refusal) {

	static ChoiceLogprobs of(List<TokenLogprob> tokens) {
		return new ChoiceLogprobs(tokens.stream().map(Token::of).toList(), null);
	}

	/**
	 * {@code ChatCompletionTokenLogprob} of the OpenAI API.
	 *
	 * @param token the token's text, U+FFFD standing for parts of characters
	 * @param bytes what it stands for exactly; null for control tokens, which have no text
	 */
	record Token(String token, double logprob, int @Nullable [] bytes, List<Top> topLogprobs) {

		private static Token of(TokenLogprob token) {
			return new Token(TokenBytes.text(token.bytes()), token.logprob(), TokenBytes.unsigned(token.bytes()),
					token.top().stream().map(Top::of).toList());
		}

	}

	/** One of the most likely tokens; components as above. */
	record Top(String token, double logprob, int @Nullable [] bytes) {

		private static Top of(TokenLogprob.Top top) {
			return new Top(TokenBytes.text(top.bytes()), top.logprob(), TokenBytes.unsigned(top.bytes()));
		}

	}

}
