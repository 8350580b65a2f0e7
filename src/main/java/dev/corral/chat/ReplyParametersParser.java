package dev.corral.chat;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.corral.contextwindow.WindowPolicy;
import dev.corral.conversation.ReplyParameters;
import dev.corral.inference.InvalidParameter;
import dev.corral.web.JsonFields;
import dev.corral.web.StopSequencesParser;

/** Reads how replies are to be generated; what a request leaves out stays open. */
final class ReplyParametersParser {

	private ReplyParametersParser() {
	}

	/**
	 * @throws InvalidParameter naming the field that is malformed or out of its range
	 */
	static ReplyParameters parse(JsonFields fields) {
		var parameters = new ReplyParameters(maxTokens(fields), fields.number("temperature"), topP(fields),
				fields.integer("top_k"), fields.number("min_p"), fields.number("presence_penalty"),
				fields.number("frequency_penalty"), fields.number("repetition_penalty"), fields.longInteger("seed"),
				stop(fields), window(fields));
		// Knows the ranges.
		parameters.sampling();
		return parameters;
	}

	private static @Nullable Integer maxTokens(JsonFields fields) {
		var given = fields.integer("max_tokens");
		if (given != null && given < 1) {
			throw fields.invalid("max_tokens", "must be 1 or more, but is " + given);
		}
		return given;
	}

	/** The API allows 0, the limit at which only the most likely token is left. */
	private static @Nullable Float topP(JsonFields fields) {
		var given = fields.number("top_p");
		return given != null && given == 0 ? Float.valueOf(Float.MIN_NORMAL) : given;
	}

	private static @Nullable List<String> stop(JsonFields fields) {
		return fields.has("stop") ? StopSequencesParser.parse(fields, "stop") : null;
	}

	private static @Nullable WindowPolicy window(JsonFields fields) {
		var given = fields.string("window");
		return given == null ? null : WindowPolicy.of("window", given);
	}

}
