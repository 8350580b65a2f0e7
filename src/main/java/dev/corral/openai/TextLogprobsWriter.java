package dev.corral.openai;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.TokenLogprob;

/**
 * Writes the log-probabilities of one completion's tokens, part by part.
 *
 * <p>Texts of tokens are the keys under which the most likely ones are told, so tokens that have no text of their own need one: a part of
 * a character is {@code bytes:} and its bytes as OpenAI writes them, a control token is {@code token_id:} and its id as vLLM writes it.
 */
final class TextLogprobsWriter {

	/** What the API says of a token that cannot be; JSON has no infinity. */
	private static final double IMPOSSIBLE = -9999;

	private final boolean idsAsText;

	private int offset;

	/** @param idsAsText whether all tokens are told by their ids */
	TextLogprobsWriter(boolean idsAsText) {
		this.idsAsText = idsAsText;
	}

	/**
	 * A prompt.
	 *
	 * @param first its first token
	 * @param firstText the text of that, perhaps empty
	 * @param others all other tokens
	 */
	TextLogprobs prompt(int first, String firstText, List<TokenLogprob> others) {
		var part = new Part(others.size() + 1);
		part.add(idsAsText || firstText.isEmpty() ? id(first) : firstText, firstText, null, null);
		others.forEach(part::add);
		return part.logprobs();
	}

	/** Generated tokens. */
	TextLogprobs generated(List<TokenLogprob> tokens) {
		var part = new Part(tokens.size());
		tokens.forEach(part::add);
		return part.logprobs();
	}

	private String name(int token, byte[] bytes) {
		if (idsAsText || bytes.length == 0) {
			return id(token);
		}
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
		} catch (CharacterCodingException partOfCharacter) {
			return "bytes:" + HexFormat.of().withPrefix("\\x").formatHex(bytes);
		}
	}

	private static String id(int token) {
		return "token_id:" + token;
	}

	private static double finite(double logprob) {
		return logprob > IMPOSSIBLE ? logprob : IMPOSSIBLE;
	}

	/** The lists of one part. */
	private final class Part {

		private final List<Integer> offsets;

		private final List<@Nullable Double> logprobs;

		private final List<String> names;

		private final List<@Nullable Map<String, Double>> top;

		Part(int tokens) {
			offsets = new ArrayList<>(tokens);
			logprobs = new ArrayList<>(tokens);
			names = new ArrayList<>(tokens);
			top = new ArrayList<>(tokens);
		}

		void add(TokenLogprob token) {
			var name = name(token.tokenId(), token.bytes());
			var likely = new LinkedHashMap<String, Double>();
			// Two tokens may have the same text; the more likely one is told.
			token.top().forEach(each -> likely.putIfAbsent(name(each.tokenId(), each.bytes()), finite(each.logprob())));
			likely.putIfAbsent(name, finite(token.logprob()));
			add(name, new String(token.bytes(), StandardCharsets.UTF_8), finite(token.logprob()), likely);
		}

		void add(String name, String text, @Nullable Double logprob, @Nullable Map<String, Double> likely) {
			names.add(name);
			logprobs.add(logprob);
			top.add(likely);
			offsets.add(offset);
			offset += text.codePointCount(0, text.length());
		}

		TextLogprobs logprobs() {
			return new TextLogprobs(offsets, logprobs, names, top);
		}

	}

}
