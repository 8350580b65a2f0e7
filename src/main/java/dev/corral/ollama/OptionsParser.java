package dev.corral.ollama;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.InvalidParameter;
import dev.corral.inference.RepetitionPenalties;
import dev.corral.inference.SamplingParameters;
import dev.corral.inference.Truncation;
import dev.corral.web.JsonFields;
import dev.corral.web.SamplingParser;
import dev.corral.web.StopSequencesParser;

/**
 * Reads {@code options}. What is absent has the default of Ollama (api/types.go, {@code DefaultOptions}), which differs from that of the
 * other APIs. How a model is loaded ({@code num_ctx}, {@code num_gpu} and the like) is the operator's to say and ignored.
 */
final class OptionsParser {

	static final SamplingParameters DEFAULTS = SamplingParameters.DEFAULTS.withTemperature(0.8f)
			.withTruncation(Truncation.NONE.withTopK(40).withTopP(0.9f))
			.withPenalties(new RepetitionPenalties(1.1f, 64, 0, 0));

	/** "Until it ends" and "until the window is full", which are the same here. */
	private static final List<Integer> UNLIMITED = List.of(-1, -2);

	private OptionsParser() {
	}

	/**
	 * @param options {@code null} if the request has none
	 * @throws InvalidParameter naming what is malformed or out of its range
	 */
	static Options parse(@Nullable JsonFields options) {
		return options == null
				? new Options(DEFAULTS, null, List.of())
				: new Options(sampling(options), maxTokens(options), StopSequencesParser.parse(options, "stop"));
	}

	private static SamplingParameters sampling(JsonFields options) {
		var sampling = SamplingParser.parse(options, DEFAULTS);
		var seed = options.longInteger("seed");
		return seed != null && seed == -1 ? sampling.withoutSeed() : sampling;
	}

	private static @Nullable Integer maxTokens(JsonFields options) {
		var given = options.integer("num_predict");
		if (given == null || UNLIMITED.contains(given)) {
			return null;
		}
		if (given < 1) {
			throw options.invalid("num_predict", "must be 1 or more, or -1 or -2 for no limit, but is " + given);
		}
		return given;
	}

	/**
	 * How a reply is to be generated.
	 *
	 * @param maxTokens {@code null} is no limit but the context window
	 */
	record Options(SamplingParameters sampling, @Nullable Integer maxTokens, List<String> stopSequences) {
	}

}
