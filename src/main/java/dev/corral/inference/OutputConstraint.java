package dev.corral.inference;

import java.util.List;

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

}
