package dev.corral.responses;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.corral.contextwindow.WindowPolicy;
import dev.corral.conversation.ReplyParameters;
import dev.corral.inference.InvalidParameter;
import dev.corral.inference.RepetitionPenalties;
import dev.corral.inference.SamplingParameters;
import dev.corral.web.JsonFields;
import dev.corral.web.StopSequencesParser;

/**
 * Reads how a reply is to be generated: the fields of the Responses API, and beside them those that stored conversations have, under
 * their names in chat completions.
 */
final class ParametersParser {

	private ParametersParser() {
	}

	/**
	 * @throws InvalidParameter naming the field that is malformed or out of its range
	 */
	static ReplyParameters parse(JsonFields fields) {
		var maxTokens = fields.integer("max_output_tokens");
		if (maxTokens != null && maxTokens < 1) {
			throw fields.invalid("max_output_tokens", "must be 1 or more, but is " + maxTokens);
		}
		var parameters = new ReplyParameters(maxTokens, fields.number("temperature"), topP(fields),
				fields.integer("top_k"), fields.number("min_p"), fields.number("presence_penalty"),
				fields.number("frequency_penalty"), fields.number("repetition_penalty"), fields.longInteger("seed"),
				stop(fields), window(fields));
		sampling(parameters);
		return parameters;
	}

	/** The same for an engine, with what is left open as the model has it. */
	static SamplingParameters sampling(ReplyParameters parameters) {
		var usual = SamplingParameters.DEFAULTS;
		var truncation = usual.truncation().withTopK(or(parameters.topK(), usual.truncation().topK()))
				.withTopP(or(parameters.topP(), usual.truncation().topP()))
				.withMinP(or(parameters.minP(), usual.truncation().minP()));
		var penalties = new RepetitionPenalties(or(parameters.repetitionPenalty(), usual.penalties().repetition()),
				usual.penalties().rangeTokens(), or(parameters.presencePenalty(), usual.penalties().presence()),
				or(parameters.frequencyPenalty(), usual.penalties().frequency()));
		var sampling = usual.withTemperature(or(parameters.temperature(), usual.temperature()))
				.withTruncation(truncation).withPenalties(penalties);
		var seed = parameters.seed();
		return seed == null ? sampling : sampling.withSeed(seed);
	}

	private static <T> T or(@Nullable T value, T absent) {
		return value == null ? absent : value;
	}

	/** The API allows 0, the limit at which only the most likely token is left. */
	private static @Nullable Float topP(JsonFields fields) {
		var topP = fields.number("top_p");
		return topP != null && topP == 0 ? Float.valueOf(Float.MIN_NORMAL) : topP;
	}

	private static @Nullable List<String> stop(JsonFields fields) {
		return fields.has("stop") ? StopSequencesParser.parse(fields, "stop") : null;
	}

	/** {@code truncation} knows two policies of those that {@code context_window} names. */
	private static @Nullable WindowPolicy window(JsonFields fields) {
		var truncation = fields.string("truncation");
		var window = fields.string("context_window");
		if (window != null) {
			if (truncation != null) {
				throw fields.invalid("truncation", "must be absent where 'context_window' says what is done");
			}
			return WindowPolicy.of("context_window", window);
		}
		return switch (truncation) {
			case null -> null;
			case "auto" -> WindowPolicy.ROLLING;
			case "disabled" -> WindowPolicy.STRICT;
			default -> throw fields.invalid("truncation", "must be auto or disabled, but is '%s'".formatted(
					truncation.length() > 32 ? truncation.substring(0, 32) + "…" : truncation));
		};
	}

}
