package dev.corral.openai;

import dev.corral.inference.InvalidParameter;
import dev.corral.web.JsonFields;

/** Reads the fields of a chat request that change nothing here: hints, and what belongs to a store of conversations that there is none of. */
final class IgnoredFields {

	static final int MAX_METADATA = 16;

	static final int MAX_METADATA_NAME = 64;

	static final int MAX_METADATA_VALUE = 512;

	private IgnoredFields() {
	}

	/**
	 * @throws InvalidParameter if one of them is not what the API allows
	 */
	static void check(JsonFields fields) {
		checkMetadata(fields);
		fields.flag("store");
		fields.string("service_tier");
		fields.string("reasoning_effort");
		fields.string("verbosity");
		fields.object("prediction");
		fields.string("prompt_cache_retention");
		fields.object("prompt_cache_options");
		// Told where they are read only if something else is absent.
		fields.accept("user", "parallel_tool_calls", "tool_choice", "function_call");
	}

	private static void checkMetadata(JsonFields fields) {
		var metadata = fields.object("metadata");
		if (metadata == null) {
			return;
		}
		if (metadata.size() > MAX_METADATA) {
			throw fields.invalid("metadata",
					"may hold at most %d entries, but holds %d".formatted(MAX_METADATA, metadata.size()));
		}
		for (var name : metadata.names()) {
			var value = metadata.requiredString(name);
			if (name.length() > MAX_METADATA_NAME || value.length() > MAX_METADATA_VALUE) {
				throw fields.invalid("metadata", "must have names of at most %d and texts of at most %d characters"
						.formatted(MAX_METADATA_NAME, MAX_METADATA_VALUE));
			}
		}
	}

}
