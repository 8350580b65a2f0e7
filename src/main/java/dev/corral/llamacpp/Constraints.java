package dev.corral.llamacpp;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.corral.grammar.Grammar;
import dev.corral.grammar.GrammarLimits;
import dev.corral.grammar.GrammarMatcher;
import dev.corral.grammar.GrammarVocabulary;
import dev.corral.inference.InvalidParameter;
import dev.corral.inference.OutputConstraint;
import dev.corral.llamacpp.internal.Vocabulary;

/** Compiles the constraints of one model's replies, and remembers the last ones with their token masks. Safe for any thread. */
final class Constraints {

	/** Clients send the same few schemas again and again; each takes a few megabytes with its masks. */
	private static final int REMEMBERED = 16;

	private final GrammarVocabulary vocabulary;

	private final Map<OutputConstraint, Grammar> grammars = new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true) {

		@Override
		protected boolean removeEldestEntry(Map.Entry<OutputConstraint, Grammar> eldest) {
			return size() > REMEMBERED;
		}

	};

	Constraints(Vocabulary vocabulary) {
		this.vocabulary = new GrammarVocabulary(vocabulary.size(), vocabulary::piece, vocabulary::isEndOfGeneration);
	}

	/**
	 * A constraint at the beginning of a reply; takes up to a second of computing.
	 *
	 * @param constraint {@code null} for none
	 * @throws InvalidParameter if it cannot be honoured to the letter, or is too large
	 */
	@Nullable
	TokenConstraint compile(@Nullable OutputConstraint constraint) {
		return constraint == null ? null : new Matching(new GrammarMatcher(grammar(constraint), vocabulary));
	}

	private Grammar grammar(OutputConstraint constraint) {
		synchronized (grammars) {
			var known = grammars.get(constraint);
			if (known != null) {
				return known;
			}
		}
		// Not while others wait: each thread compiles its own, and of two equal ones the last stays.
		var compiled = Grammar.compile(constraint, GrammarLimits.DEFAULTS);
		synchronized (grammars) {
			grammars.put(constraint, compiled);
		}
		return compiled;
	}

	private record Matching(GrammarMatcher matcher) implements TokenConstraint {

		@Override
		public void apply(float[] logits) {
			matcher.apply(logits);
		}

		@Override
		public void accept(int token) {
			matcher.accept(token);
		}

		@Override
		public int[] forced() {
			return matcher.forced();
		}

		@Override
		public boolean mustEnd() {
			return matcher.mustEnd();
		}

		@Override
		public TokenConstraint copy() {
			return new Matching(matcher.copy());
		}

	}

}
