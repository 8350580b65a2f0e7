package dev.corral.inference;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a reply must look like. An engine compiles it before it admits the request, within limits of its own, and refuses with
 * {@link InvalidParameter} what it cannot honour to the letter.
 */
public sealed interface OutputConstraint {

	/** Any one JSON object. */
	record JsonObject() implements OutputConstraint {
	}

	/**
	 * JSON that a schema accepts.
	 *
	 * @param schema a JSON Schema (draft 2020-12) as text
	 */
	record JsonSchema(String schema) implements OutputConstraint {
	}

	/**
	 * Text that a regular expression matches as a whole.
	 *
	 * @param pattern in the syntax of ECMA-262 without look-around and back-references
	 */
	record Regex(String pattern) implements OutputConstraint {
	}

	/** One of these texts. */
	record Choice(List<String> choices) implements OutputConstraint {

		public Choice {
			choices = List.copyOf(choices);
		}

	}

	/**
	 * Text that a grammar derives from its rule {@code root}.
	 *
	 * @param gbnf in llama.cpp's notation, see grammars/README.md there
	 */
	record Grammar(String gbnf) implements OutputConstraint {
	}

	/**
	 * Calls of tools: an opening, calls with a separator between them, and a closing; depending on the freedom also plain text.
	 *
	 * @param openings what may stand before the first call, the usual one first; not empty
	 * @param calls what can be called; not empty
	 * @param separator between two calls
	 * @param closing after the last call
	 * @param mostCalls how many calls a reply may have, at least 1
	 * @param otherwise what a reply without calls must look like; only beside {@link Freedom#CALLS_OR_TEXT}. What could be either counts as
	 * calls. {@code null} for any text that the freedom allows
	 * @param controlTokens names of control tokens that the texts here mean where they write them; in a reply under this constraint these
	 * tokens have their names for text
	 */
	record ToolCalls(List<Opening> openings, List<Call> calls, String separator, String closing, int mostCalls,
			Freedom freedom, @Nullable OutputConstraint otherwise,
			List<String> controlTokens) implements OutputConstraint {

		public ToolCalls {
			if (otherwise != null && (freedom != Freedom.CALLS_OR_TEXT || otherwise instanceof ToolCalls)) {
				throw new IllegalArgumentException(
						"Text beside calls cannot be constrained to %s under %s.".formatted(otherwise, freedom));
			}
			openings = List.copyOf(openings);
			calls = List.copyOf(calls);
			controlTokens = List.copyOf(controlTokens);
		}

	}

	/**
	 * A way to begin calls.
	 *
	 * @param marker the text by which calls are told from other text: a beginning of {@code text} and a call together
	 */
	record Opening(String text, String marker) {
	}

	/**
	 * A call of one tool: its arguments, a JSON value, between fixed texts.
	 *
	 * @param parameter what errors about the schema name
	 * @param schema a JSON Schema (draft 2020-12) of the arguments
	 * @param strict whether a schema that cannot be honoured is an error; else any JSON object stands in for it
	 */
	record Call(String parameter, String before, String schema, String after, boolean strict) {
	}

	/** What a reply may be beside calls. */
	enum Freedom {

		/** Nothing: it consists of calls. */
		CALLS_ONLY,

		/** Either calls or text that does not begin with a marker. */
		CALLS_OR_TEXT,

		/** Text without a marker, after which calls may follow. */
		CALLS_AFTER_TEXT

	}

}
