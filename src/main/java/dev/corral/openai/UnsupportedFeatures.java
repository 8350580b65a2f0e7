package dev.corral.openai;

import java.util.List;

import dev.corral.inference.InvalidParameter;

/** Refuses what a client would miss in the reply if it were ignored. */
final class UnsupportedFeatures {

	private UnsupportedFeatures() {
	}

	static void refuse(JsonFields fields) {
		refuseTools(fields);
		refuseLogprobs(fields);
		refuseOtherOutput(fields);
		var n = fields.integer("n");
		if (n != null && n != 1) {
			throw fields.invalid("n", "must be 1: this server gives one choice per request");
		}
	}

	static InvalidParameter toolsNotServed() {
		return new InvalidParameter("tools", "are not supported by this server");
	}

	private static void refuseTools(JsonFields fields) {
		for (var name : List.of("tools", "functions")) {
			var tools = fields.array(name);
			if (tools != null && !tools.isEmpty()) {
				throw fields.invalid(name, "are not supported by this server");
			}
		}
	}

	private static void refuseLogprobs(JsonFields fields) {
		if (fields.flag("logprobs")) {
			throw fields.invalid("logprobs", "must be false: this server does not report them");
		}
		if (fields.has("top_logprobs")) {
			throw fields.invalid("top_logprobs", "must be absent: this server does not report them");
		}
	}

	private static void refuseOtherOutput(JsonFields fields) {
		var format = fields.object("response_format");
		if (format != null && !format.requiredString("type").equals("text")) {
			throw fields.invalid("response_format", "must be of type text: this server does not constrain replies");
		}
		var modalities = fields.array("modalities");
		if (modalities != null && !modalities.stream().map(JsonItem::string).allMatch("text"::equals)) {
			throw fields.invalid("modalities", "must be [\"text\"]: this server gives no other output");
		}
		if (fields.has("audio")) {
			throw fields.invalid("audio", "must be absent: this server gives no other output than text");
		}
	}

}
