package dev.corral.grammar;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A vocabulary as large as LLaMA's and of its making: all bytes, the characters of many scripts, runs of spaces, digits, punctuation
 * as code and JSON have it, and word pieces of every length, with and without a space in front. The same each time.
 */
final class SyntheticVocabulary {

	static final int SIZE = 32_000;

	static final int END_OF_GENERATION = 2;

	private static final List<String> SYLLABLES = List.of("a", "an", "ar", "as", "at", "be", "ca", "ch", "com", "con",
			"cr", "de", "di",
			"e", "ea", "ed", "en", "er", "es", "ex", "fi", "fo", "ge", "gr", "ha", "he", "i", "ic", "ill", "im", "in",
			"ing", "ion", "is",
			"it", "la", "le", "ly", "ma", "me", "ment", "mo", "na", "ne", "ni", "no", "o", "of", "on", "or", "ou", "pa",
			"pe", "pl", "po",
			"pr", "qu", "ra", "re", "ri", "ro", "s", "sa", "se", "sh", "si", "so", "st", "sto", "t", "ta", "te", "th",
			"ti", "to", "tr",
			"u", "un", "ur", "us", "ve", "vi", "wa", "we", "wi", "y");

	private static final String PUNCTUATION = "\"{}[]():,.;'/\\-_+=*<>!?#$%&@|~^`";

	private SyntheticVocabulary() {
	}

	static GrammarVocabulary create() {
		var pieces = pieces();
		return new GrammarVocabulary(SIZE, pieces::get, token -> token == END_OF_GENERATION);
	}

	private static List<byte[]> pieces() {
		var pieces = new ArrayList<byte[]>(List.of(new byte[0], new byte[0], new byte[0]));
		for (int value = 0; value < 256; value++) {
			pieces.add(new byte[]{(byte) value});
		}
		texts(SIZE - pieces.size()).forEach(text -> pieces.add(text.getBytes(StandardCharsets.UTF_8)));
		return pieces;
	}

	private static Set<String> texts(int count) {
		var random = new SplittableRandom(1);
		var texts = new LinkedHashSet<String>();
		for (int run = 2; run <= 32; run++) {
			texts.add(" ".repeat(run));
			texts.add("\n" + " ".repeat(run));
		}
		for (var first : PUNCTUATION.split("")) {
			texts.add(" " + first);
			for (var second : PUNCTUATION.split("")) {
				if (random.nextInt(4) == 0) {
					texts.add(first + second);
					texts.add(" " + first + second);
				}
			}
		}
		for (int number = 0; number < 1000; number++) {
			texts.add(String.valueOf(number));
		}
		characters(texts, 0xA1, 0x52F);
		characters(texts, 0x5D0, 0x64A);
		characters(texts, 0x3041, 0x30FF);
		characters(texts, 0x4E00, 0x5200);
		while (texts.size() < count) {
			var word = new StringBuilder();
			for (int syllables = 1 + random.nextInt(5); syllables > 0; syllables--) {
				word.append(SYLLABLES.get(random.nextInt(SYLLABLES.size())));
			}
			if (random.nextInt(5) == 0) {
				word.setCharAt(0, Character.toUpperCase(word.charAt(0)));
			}
			texts.add(random.nextInt(5) < 3 ? " " + word : word.toString());
		}
		return texts;
	}

	private static void characters(Set<String> texts, int first, int last) {
		for (int codePoint = first; codePoint <= last; codePoint++) {
			texts.add(Character.toString(codePoint));
		}
	}

}
