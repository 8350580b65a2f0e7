package dev.corral.openai;

import java.util.List;

import dev.corral.web.JsonFields;
import dev.corral.web.JsonItem;

/** Refuses what a client would miss in the reply if it were ignored. */
final class UnsupportedFeatures {

	private UnsupportedFeatures() {
	}

	static void refuse(JsonFields fields) {
		refuseFunctions(fields);
		refuseOtherOutput(fields);
	}

	/** What tools replaced in the API. Replies to them have another form, so they cannot stand in for tools. */
	private static void refuseFunctions(JsonFields fields) {
		var functions = fields.array("functions");
		if (functions != null && !functions.isEmpty()) {
			throw fields.invalid("functions", "must be absent: give 'tools' instead");
		}
		if (fields.has("function_call") && !fields.isString("function_call")) {
			throw fields.invalid("function_call", "must be absent: give 'tool_choice' instead");
		}
	}

	private static void refuseOtherOutput(JsonFields fields) {
		var modalities = fields.array("modalities");
		if (modalities != null && !modalities.stream().map(JsonItem::string).allMatch("text"::equals)) {
			throw fields.invalid("modalities", "must be [\"text\"]: this server gives no other output");
		}
		for (var name : List.of("web_search_options", "moderation")) {
			if (fields.has(name)) {
				throw fields.invalid(name, "must be absent: this server asks nobody else");
			}
		}
		if (fields.has("audio")) {
			throw fields.invalid("audio", "must be absent: this server gives no other output than text");
		}
	}

}
