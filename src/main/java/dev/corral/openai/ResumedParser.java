package dev.corral.openai;

import dev.corral.generation.CompletionRequest.Prompts;
import dev.corral.generation.TextInput;
import dev.corral.inference.InvalidParameter;
import dev.corral.inference.Resumed;
import dev.corral.web.JsonFields;

/**
 * Reads how much of a completion was generated elsewhere, Corral's own {@code resumed_tokens} and {@code resumed_characters}. How many
 * there may be is checked with the prompt.
 */
final class ResumedParser {

	private ResumedParser() {
	}

	/**
	 * @throws InvalidParameter if a field is out of its range, or the request is none for one reply to a prompt of token ids
	 */
	static Resumed parse(JsonFields fields, Prompts prompts, ReplyOptions reply) {
		var tokens = fields.integer("resumed_tokens");
		var characters = fields.integer("resumed_characters");
		var resumed = new Resumed(tokens == null ? 0 : tokens, characters == null ? 0 : characters);
		if (resumed.tokens() > 0) {
			check(fields, prompts, reply);
		}
		return resumed;
	}

	private static void check(JsonFields fields, Prompts prompts, ReplyOptions reply) {
		if (prompts.inputs().size() != 1 || !(prompts.inputs().getFirst() instanceof TextInput.Tokens)) {
			throw fields.invalid("prompt", "must be one array of token ids where 'resumed_tokens' is above 0");
		}
		if (prompts.suffix() != null || fields.flag("echo") || reply.bestOf() > 1) {
			var name = prompts.suffix() != null
					? "suffix"
					: fields.flag("echo") ? "echo" : reply.choices() > 1 ? "n" : "best_of";
			throw fields.invalid(name, "must be absent where 'resumed_tokens' is above 0");
		}
	}

}
