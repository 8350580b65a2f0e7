package dev.corral.llamacpp;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

import dev.corral.grammar.GrammarVocabulary;
import dev.corral.inference.OutputConstraint;
import dev.corral.llamacpp.internal.Vocabulary;

/**
 * A model's vocabulary as constraints see it: under most, control tokens have no text; under some, the ones that these name stand for
 * their names. Safe for any thread.
 */
final class ConstraintVocabularies {

	/** A model's template names one or two sets of control tokens. */
	private static final int REMEMBERED = 4;

	private final Map<String, Integer> controlTokens;

	private final Function<Map<Integer, byte[]>, GrammarVocabulary> prepare;

	private final GrammarVocabulary plain;

	/** By the control tokens that stand for their names. */
	private final Map<Set<Integer>, GrammarVocabulary> remembered = new HashMap<>();

	ConstraintVocabularies(Vocabulary vocabulary) {
		this(vocabulary.controlTokens(),
				written -> new GrammarVocabulary(vocabulary.size(),
						token -> written.getOrDefault(token, vocabulary.piece(token)),
						vocabulary::isEndOfGeneration));
	}

	/**
	 * @param controlTokens by name
	 * @param prepare the vocabulary in which these control tokens stand for these bytes
	 */
	ConstraintVocabularies(Map<String, Integer> controlTokens,
			Function<Map<Integer, byte[]>, GrammarVocabulary> prepare) {
		this.controlTokens = controlTokens;
		this.prepare = prepare;
		this.plain = prepare.apply(Map.of());
	}

	/** The control tokens that stand for their names under a constraint, with the bytes of these. */
	Map<Integer, byte[]> writtenOut(OutputConstraint constraint) {
		var written = new TreeMap<Integer, byte[]>();
		if (constraint instanceof OutputConstraint.ToolCalls tools) {
			for (var name : tools.controlTokens()) {
				var token = controlTokens.get(name);
				if (token != null) {
					written.put(token, name.getBytes(StandardCharsets.UTF_8));
				}
			}
		}
		return written;
	}

	/** The vocabulary in which these control tokens stand for their names; the first time it takes some tens of milliseconds. */
	GrammarVocabulary with(Map<Integer, byte[]> written) {
		if (written.isEmpty()) {
			return plain;
		}
		synchronized (remembered) {
			var known = remembered.get(written.keySet());
			if (known != null) {
				return known;
			}
			var prepared = prepare.apply(written);
			if (remembered.size() < REMEMBERED) {
				remembered.put(Set.copyOf(written.keySet()), prepared);
			}
			return prepared;
		}
	}

}
