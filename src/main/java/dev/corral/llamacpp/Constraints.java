package dev.corral.llamacpp;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.corral.grammar.Grammar;
import dev.corral.grammar.GrammarLimits;
import dev.corral.grammar.GrammarMatcher;
import dev.corral.inference.InvalidParameter;
import dev.corral.inference.OutputConstraint;
import dev.corral.llamacpp.internal.Vocabulary;

/**
 * Compiles the constraints of one model's replies, and remembers the last ones with their token masks, as far as they take no more than
 * {@value #MAX_BYTES} bytes together; the very last one is remembered in any case. Safe for any thread.
 */
final class Constraints {

	/** Clients send the same few schemas again and again; each takes some hundred kilobytes with its masks, and a hostile one megabytes. */
	static final long MAX_BYTES = 64 << 20;

	/** However small they are, for looking at each must take no time. */
	private static final int MOST = 128;

	private final ConstraintVocabularies vocabularies;

	private final Map<OutputConstraint, Grammar> grammars = new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true);

	Constraints(Vocabulary vocabulary) {
		this(new ConstraintVocabularies(vocabulary));
	}

	Constraints(ConstraintVocabularies vocabularies) {
		this.vocabularies = vocabularies;
	}

	/**
	 * A constraint at the beginning of a reply; takes up to a second of computing.
	 *
	 * @param constraint {@code null} for none
	 * @throws InvalidParameter if it cannot be honoured to the letter, or is too large
	 */
	@Nullable
	TokenConstraint compile(@Nullable OutputConstraint constraint) {
		if (constraint == null) {
			return null;
		}
		var written = vocabularies.writtenOut(constraint);
		return new Matching(new GrammarMatcher(grammar(constraint), vocabularies.with(written)), written);
	}

	private Grammar grammar(OutputConstraint constraint) {
		synchronized (grammars) {
			var known = grammars.get(constraint);
			if (known != null) {
				forgetOldest();
				return known;
			}
		}
		// Not while others wait: each thread compiles its own, and of two equal ones the last stays.
		var compiled = Grammar.compile(constraint, GrammarLimits.DEFAULTS);
		synchronized (grammars) {
			grammars.put(constraint, compiled);
			forgetOldest();
		}
		return compiled;
	}

	/** Grammars grow while replies follow them, so it is each time that they are weighed. */
	private void forgetOldest() {
		long bytes = weight();
		var oldest = grammars.entrySet().iterator();
		while (grammars.size() > 1 && (bytes > MAX_BYTES || grammars.size() > MOST)) {
			bytes -= weight(oldest.next());
			oldest.remove();
		}
	}

	/** About how many bytes all that are remembered take now. */
	long bytes() {
		synchronized (grammars) {
			return weight();
		}
	}

	private long weight() {
		return grammars.entrySet().stream().mapToLong(Constraints::weight).sum();
	}

	private static long weight(Map.Entry<OutputConstraint, Grammar> remembered) {
		return remembered.getValue().bytes() + Character.BYTES * (long) characters(remembered.getKey());
	}

	private static int characters(OutputConstraint constraint) {
		return switch (constraint) {
			case OutputConstraint.JsonObject() -> 0;
			case OutputConstraint.JsonSchema(String schema) -> schema.length();
			case OutputConstraint.Regex(String pattern) -> pattern.length();
			case OutputConstraint.Choice(List<String> choices) -> choices.stream().mapToInt(String::length).sum();
			case OutputConstraint.Grammar(String gbnf) -> gbnf.length();
			case OutputConstraint.ToolCalls tools -> tools.calls().stream()
					.mapToInt(call -> call.before().length() + call.schema().length() + call.after().length()).sum()
					+ (tools.otherwise() == null ? 0 : characters(tools.otherwise()));
		};
	}

	/** @param written the control tokens that stand for their names */
	private record Matching(GrammarMatcher matcher, Map<Integer, byte[]> written) implements TokenConstraint {

		@Override
		public void apply(float[] logits) {
			matcher.apply(logits);
			if (!written.isEmpty()) {
				keepControlToken(logits);
			}
		}

		/** Where a control token's name must come, it must not be spelled by other tokens: to the model that means something else. */
		private void keepControlToken(float[] logits) {
			var forced = matcher.forced();
			if (forced.length > 0 && written.containsKey(forced[0])) {
				float logit = logits[forced[0]];
				Arrays.fill(logits, Float.NEGATIVE_INFINITY);
				logits[forced[0]] = logit;
			}
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
		public byte[] piece(int token, byte[] usual) {
			return written.getOrDefault(token, usual);
		}

		@Override
		public TokenConstraint copy() {
			return new Matching(matcher.copy(), written);
		}

	}

}
