package dev.corral.cli.randommodel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import dev.corral.catalog.gguf.GgufReader;

/**
 * A SentencePiece vocabulary: control tokens, one token per byte and the pieces of the model that ships with Corral, then made-up
 * words. English costs about what it costs in a vocabulary of two thousand pieces; made-up words are mostly one token each, so
 * generated text that is sent back becomes the tokens it was.
 *
 * @param tokens texts in the order of their ids
 */
record RandomVocabulary(List<String> tokens) {

	static final int UNKNOWN = 0;

	static final int BOS = 1;

	static final int EOS = 2;

	/** The first id of a token that is text; before it are control and byte tokens. */
	static final int FIRST_PIECE = 3 + 256;

	static final String CRIA = "/models/cria/cria-q8_0.gguf";

	private static final String CONSONANTS = "bcdfghjklmnpqrstvwxyz";

	private static final String VOWELS = "aeiou";

	private static final int MOST_SYLLABLES = 4;

	RandomVocabulary {
		tokens = List.copyOf(tokens);
	}

	/** Falls with the id, so that the merges of the first pieces win. */
	static float score(int id) {
		return Math.min(0, FIRST_PIECE - id);
	}

	/** {@code llama_token_type}: normal 1, unknown 2, control 3, byte 6. */
	static int type(int id) {
		return id == UNKNOWN ? 2 : id < 3 ? 3 : id < FIRST_PIECE ? 6 : 1;
	}

	/** A vocabulary of this size; the same seed gives the same. */
	static RandomVocabulary of(int size, Path cria, SplittableRandom random) {
		var known = GgufReader.tokens(cria);
		var tokens = new ArrayList<>(known.subList(0, Math.min(size, known.size())));
		var merges = new PieceMerges(tokens, FIRST_PIECE);
		while (tokens.size() < size) {
			var pieces = merges.split(word(random));
			if (pieces.size() > 1) {
				// Joining the first two, as byte-pair training does, keeps every token reachable: all parts rank before it.
				var piece = pieces.get(0) + pieces.get(1);
				merges.add(piece, tokens.size());
				tokens.add(piece);
			}
		}
		return new RandomVocabulary(tokens);
	}

	/** Copies the resource of the jar to a file, because GGUF files are read by path. The caller deletes it. */
	static Path copyOfCria() throws IOException {
		try (var content = RandomVocabulary.class.getResourceAsStream(CRIA)) {
			if (content == null) {
				throw new IOException("the resource " + CRIA + " is missing");
			}
			var copy = Files.createTempFile("corral-", ".gguf");
			try (var target = Files.newOutputStream(copy)) {
				content.transferTo(target);
			}
			return copy;
		}
	}

	private static String word(SplittableRandom random) {
		var word = new StringBuilder("▁");
		for (int i = random.nextInt(1, MOST_SYLLABLES + 1); i > 0; i--) {
			word.append(CONSONANTS.charAt(random.nextInt(CONSONANTS.length())))
					.append(VOWELS.charAt(random.nextInt(VOWELS.length())));
			if (random.nextInt(3) == 0) {
				word.append(CONSONANTS.charAt(random.nextInt(CONSONANTS.length())));
			}
		}
		return word.toString();
	}

}
