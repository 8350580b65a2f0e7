package dev.corral.contextwindow;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import dev.corral.inference.PromptSegment;
import dev.corral.inference.Tokenizer;

/**
 * Shortens a text that is too long by itself: its beginning and its end stay, since questions stand in one of them, and a marker tells the
 * model what is missing. Cuts are between tokens and between whole characters. Stateless; CPU-bound like the tokenizer.
 */
public final class MiddleTruncation {

	private MiddleTruncation() {
	}

	/**
	 * A text as it was shortened.
	 *
	 * @param leftOutTokens taken out of its middle; 0 if it was short enough
	 */
	public record Shortened(String text, int leftOutTokens) {
	}

	/**
	 * @param mostTokens that the text may have by itself, without what a template writes around it. Where not even the marker fits, the
	 * marker alone comes back
	 */
	public static Shortened shorten(String text, int mostTokens, Tokenizer tokenizer) {
		var tokens = tokenize(text, tokenizer);
		if (tokens.size() <= mostTokens) {
			return new Shortened(text, 0);
		}
		var places = new Places(text, tokens, tokenizer);
		// The marker is written with the largest number that it could have to tell, so it cannot turn out longer.
		int kept = Math.max(0, mostTokens - tokenize(marker(tokens.size()), tokenizer).size());
		var shortened = places.without(kept);
		// The parts may be tokenized differently than in the whole, where they meet the marker and where places are not exact.
		int actual = tokenize(shortened.text(), tokenizer).size();
		while (actual > mostTokens && kept > 0) {
			kept = Math.min(kept - 1, (int) ((long) kept * mostTokens / actual));
			shortened = places.without(kept);
			actual = tokenize(shortened.text(), tokenizer).size();
		}
		return shortened;
	}

	private static String marker(int leftOutTokens) {
		return " [… %d tokens left out …] ".formatted(leftOutTokens);
	}

	private static List<Integer> tokenize(String text, Tokenizer tokenizer) {
		return tokenizer.tokenize(List.of(PromptSegment.typed(text)), false);
	}

	/** Where the tokens of a text begin in it. */
	private static final class Places {

		private final byte[] text;

		/** Index of each token's first byte, and the text's end. */
		private final int[] starts;

		Places(String text, List<Integer> tokens, Tokenizer tokenizer) {
			this.text = text.getBytes(StandardCharsets.UTF_8);
			this.starts = new int[tokens.size() + 1];
			for (int i = 0; i < tokens.size(); i++) {
				starts[i + 1] = starts[i] + tokenizer.piece(tokens.get(i)).length;
			}
			align(starts[tokens.size()] - this.text.length);
		}

		/**
		 * Some vocabularies put a space in front, which is none of the text; where one changes texts in other ways, tokens are taken to
		 * be of one length.
		 */
		private void align(int surplus) {
			int last = starts.length - 1;
			for (int i = 0; i <= last; i++) {
				starts[i] = surplus == 0 || surplus == 1
						? Math.max(0, starts[i] - surplus)
						: (int) ((long) text.length * i / last);
			}
		}

		/** The text with so many tokens kept, half of them in front. */
		Shortened without(int kept) {
			int tokens = starts.length - 1;
			int head = kept - kept / 2;
			int tail = tokens - kept / 2;
			int headEnd = starts[head];
			while (headEnd > 0 && insideCharacter(headEnd)) {
				headEnd--;
			}
			int tailStart = starts[tail];
			while (tailStart < text.length && insideCharacter(tailStart)) {
				tailStart++;
			}
			return new Shortened(part(0, headEnd) + marker(tokens - kept) + part(tailStart, text.length),
					tokens - kept);
		}

		private boolean insideCharacter(int index) {
			return index < text.length && (text[index] & 0xc0) == 0x80;
		}

		private String part(int start, int end) {
			return new String(Arrays.copyOfRange(text, start, end), StandardCharsets.UTF_8);
		}

	}

}
