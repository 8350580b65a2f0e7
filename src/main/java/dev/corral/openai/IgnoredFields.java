package dev.corral.openai;

import dev.corral.inference.InvalidParameter;
import dev.corral.web.JsonFields;

/** Reads the fields of a chat request that change nothing here: hints. */
final class IgnoredFields {

	private IgnoredFields() {
	}

	/**
	 * @throws InvalidParameter if one of them is not what the API allows
	 */
	static void check(JsonFields fields) {
		fields.string("service_tier");
		fields.string("reasoning_effort");
		fields.string("verbosity");
		fields.object("prediction");
		fields.string("prompt_cache_retention");
		fields.object("prompt_cache_options");
		// Told where they are read only if something else is absent.
		fields.accept("user", "parallel_tool_calls", "tool_choice", "function_call");
	}

}
