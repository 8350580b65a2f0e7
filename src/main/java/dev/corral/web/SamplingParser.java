package dev.corral.web;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.Dry;
import dev.corral.inference.Mirostat;
import dev.corral.inference.RepetitionPenalties;
import dev.corral.inference.SamplingParameters;
import dev.corral.inference.Truncation;
import dev.corral.inference.Xtc;

/**
 * Reads how tokens are to be chosen. Beside the parameters of the OpenAI API, those that other open-model servers take in
 * the same place, under the names and with the defaults of vLLM ({@code SamplingParams}) and llama.cpp (tools/server/README.md). Ranges
 * are checked by {@link SamplingParameters} and its parts.
 */
public final class SamplingParser {

	/** What llama.cpp writes for "all of it" where a length is asked for. */
	private static final int ALL = -1;

	private SamplingParser() {
	}

	public static SamplingParameters parse(JsonFields fields) {
		return parse(fields, SamplingParameters.DEFAULTS);
	}

	/** @param absent what a missing temperature, truncation or penalty means */
	public static SamplingParameters parse(JsonFields fields, SamplingParameters absent) {
		return new SamplingParameters(fields.number("temperature", absent.temperature()),
				truncation(fields, absent.truncation()), xtc(fields), mirostat(fields),
				penalties(fields, absent.penalties()), dry(fields),
				TokenRulesParser.parse(fields), fields.longInteger("seed"));
	}

	/** A negative top-n-sigma is off in llama.cpp. */
	private static Truncation truncation(JsonFields fields, Truncation absent) {
		float topNSigma = fields.number("top_n_sigma", absent.topNSigma());
		return new Truncation(topNSigma < 0 ? 0 : topNSigma, integer(fields, "top_k", absent.topK()),
				fields.number("typical_p", absent.typicalP()), topP(fields, absent.topP()),
				fields.number("min_p", absent.minP()));
	}

	/** The API allows 0, the limit at which only the most likely token is left. */
	private static float topP(JsonFields fields, float absent) {
		float topP = fields.number("top_p", absent);
		return topP == 0 ? Float.MIN_NORMAL : topP;
	}

	private static @Nullable Xtc xtc(JsonFields fields) {
		var xtc = new Xtc(fields.number("xtc_probability", 0), fields.number("xtc_threshold", Xtc.DEFAULT_THRESHOLD));
		return xtc.probability() == 0 ? null : xtc;
	}

	private static @Nullable Mirostat mirostat(JsonFields fields) {
		int version = integer(fields, "mirostat", 0);
		if (version != 0 && version != 2) {
			throw fields.invalid("mirostat", "must be 0 (off) or 2, but is " + version);
		}
		var mirostat = new Mirostat(fields.number("mirostat_tau", Mirostat.DEFAULTS.tau()),
				fields.number("mirostat_eta", Mirostat.DEFAULTS.eta()));
		return version == 0 ? null : mirostat;
	}

	/** {@code repeat_penalty} is llama.cpp's name of {@code repetition_penalty}, which wins. */
	private static RepetitionPenalties penalties(JsonFields fields, RepetitionPenalties absent) {
		int range = integer(fields, "repeat_last_n", absent.rangeTokens());
		return new RepetitionPenalties(
				fields.number("repetition_penalty", fields.number("repeat_penalty", absent.repetition())),
				range == ALL ? RepetitionPenalties.EVERYTHING : range,
				fields.number("presence_penalty", absent.presence()),
				fields.number("frequency_penalty", absent.frequency()));
	}

	private static @Nullable Dry dry(JsonFields fields) {
		var usual = Dry.DEFAULTS;
		int range = integer(fields, "dry_penalty_last_n", ALL);
		var breakers = fields.array("dry_sequence_breakers");
		var dry = new Dry(fields.number("dry_multiplier", 0), fields.number("dry_base", usual.base()),
				integer(fields, "dry_allowed_length", usual.allowedTokens()),
				range == ALL ? Dry.MAX_RANGE_TOKENS : range,
				breakers == null ? usual.sequenceBreakers() : breakers.stream().map(JsonItem::string).toList());
		return dry.multiplier() == 0 ? null : dry;
	}

	private static int integer(JsonFields fields, String name, int absent) {
		var value = fields.integer(name);
		return value == null ? absent : value;
	}

}
