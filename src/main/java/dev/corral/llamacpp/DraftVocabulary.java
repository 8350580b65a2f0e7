package dev.corral.llamacpp;

import java.util.Arrays;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.EngineUnavailable;
import dev.corral.llamacpp.internal.Vocabulary;

/** A draft model proposes tokens by their number, so they must mean the same to both models. */
final class DraftVocabulary {

	private DraftVocabulary() {
	}

	/**
	 * @param name the model's
	 * @param draftName the draft model's
	 * @throws EngineUnavailable if the vocabularies differ in size, in the bytes of a token or in which tokens end a reply
	 */
	static void check(String name, Vocabulary vocabulary, String draftName, Vocabulary draft) {
		var difference = difference(vocabulary, draft);
		if (difference != null) {
			throw new EngineUnavailable(
					"The model '%s' cannot be drafted by %s, because their vocabularies differ: %s. Take a draft model of the same family."
							.formatted(name, draftName, difference));
		}
	}

	private static @Nullable String difference(Vocabulary vocabulary, Vocabulary draft) {
		if (vocabulary.size() != draft.size()) {
			return "%d and %d tokens".formatted(vocabulary.size(), draft.size());
		}
		for (int token = 0; token < vocabulary.size(); token++) {
			if (!Arrays.equals(vocabulary.piece(token), draft.piece(token))) {
				return "token %d is the bytes %s and %s".formatted(token, hex(vocabulary, token), hex(draft, token));
			}
			if (vocabulary.isEndOfGeneration(token) != draft.isEndOfGeneration(token)) {
				return "token %d ends a reply in %s only".formatted(token,
						vocabulary.isEndOfGeneration(token) ? "the first" : "the second");
			}
		}
		return null;
	}

	private static String hex(Vocabulary vocabulary, int token) {
		return "[%s]".formatted(HexFormat.ofDelimiter(" ").formatHex(vocabulary.piece(token)));
	}

}
