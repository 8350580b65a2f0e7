package dev.corral.grammar;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.OutputConstraint;

/** Replies under a grammar: given ones, and random ones as a model without taste would write them. */
final class Texts {

	static final int END_OF_GENERATION = 0;

	/** All bytes, so that everything can be written, and pieces that cross the borders of JSON's parts and of characters. */
	static final GrammarVocabulary VOCABULARY = vocabulary(
			List.of("true", "false", "null", "{\"", "\":", "\": ", "\",\"", "},{",
					"\"}", "]}", "  ", "\n  ", "\\\"", "\\u00", "ab", "abc", "hello", " world", "12", "123", "0.5",
					"2024-", "é", "日本", "😀"));

	/** After this many tokens a random reply comes to its end as soon as it can. */
	private static final int LONG = 150;

	private static final int MAX_TOKENS = 2_000;

	private static final String CLOSERS = "\"}]0";

	private Texts() {
	}

	private static GrammarVocabulary vocabulary(List<String> words) {
		var pieces = new ArrayList<byte[]>(List.of(new byte[0]));
		for (int value = 0; value < 256; value++) {
			pieces.add(new byte[]{(byte) value});
		}
		words.forEach(word -> pieces.add(word.getBytes(StandardCharsets.UTF_8)));
		return new GrammarVocabulary(pieces.size(), pieces::get, token -> token == END_OF_GENERATION);
	}

	static int tokenOf(char asciiCharacter) {
		return asciiCharacter + 1;
	}

	static Grammar schema(String schema) {
		return Grammar.compile(new OutputConstraint.JsonSchema(schema), GrammarLimits.DEFAULTS);
	}

	static Grammar regex(String pattern) {
		return Grammar.compile(new OutputConstraint.Regex(pattern), GrammarLimits.DEFAULTS);
	}

	static Grammar gbnf(String grammar) {
		return Grammar.compile(new OutputConstraint.Grammar(grammar), GrammarLimits.DEFAULTS);
	}

	static GrammarMatcher matcher(Grammar grammar) {
		return new GrammarMatcher(grammar, VOCABULARY);
	}

	/** Whether this is a whole reply, taken byte by byte. */
	static boolean accepts(Grammar grammar, String text) {
		var matcher = matcher(grammar);
		return take(matcher, text) && matcher.complete();
	}

	/** Takes the bytes of a text as far as they are allowed, and says whether all were. */
	static boolean take(GrammarMatcher matcher, String text) {
		for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
			int token = (value & 0xFF) + 1;
			if (!matcher.allows(token)) {
				return false;
			}
			matcher.accept(token);
		}
		return true;
	}

	/**
	 * A random whole reply: tokens drawn from the masks, with a bias to what closes strings, arrays, objects and the reply.
	 *
	 * @return {@code null} if it has not come to its end for long, because only rare tokens lead there
	 */
	static @Nullable String random(Grammar grammar, SplittableRandom random) {
		var matcher = matcher(grammar);
		var bytes = new ByteArrayOutputStream();
		for (int count = 0; count < MAX_TOKENS; count++) {
			int token = draw(matcher, random, count > LONG ? 0.9 : 0.3);
			matcher.accept(token);
			if (token == END_OF_GENERATION) {
				return bytes.toString(StandardCharsets.UTF_8);
			}
			bytes.writeBytes(VOCABULARY.piece(token));
		}
		return null;
	}

	private static int draw(GrammarMatcher matcher, SplittableRandom random, double bias) {
		var allowed = allowed(matcher);
		if (random.nextDouble() < bias) {
			if (matcher.complete()) {
				return END_OF_GENERATION;
			}
			for (char closer : CLOSERS.toCharArray()) {
				if (allowed.contains(tokenOf(closer))) {
					return tokenOf(closer);
				}
			}
		}
		return allowed.get(random.nextInt(allowed.size()));
	}

	static List<Integer> allowed(GrammarMatcher matcher) {
		var logits = new float[VOCABULARY.size()];
		matcher.apply(logits);
		var allowed = new ArrayList<Integer>();
		for (int token = 0; token < logits.length; token++) {
			if (logits[token] == 0) {
				allowed.add(token);
			}
		}
		return allowed;
	}

}
