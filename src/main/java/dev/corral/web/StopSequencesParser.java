package dev.corral.web;

import java.util.List;

import dev.corral.inference.InvalidParameter;

/** Reads the texts that end a reply. */
public final class StopSequencesParser {

	/** OpenAI allows 4; no model here is bound by that, and some clients send more. */
	static final int MAX_SEQUENCES = 16;

	static final int MAX_CHARACTERS = 256;

	private StopSequencesParser() {
	}

	/**
	 * @param name of a field that holds one text or an array of them
	 * @throws InvalidParameter if there are too many, or one is empty or too long
	 */
	public static List<String> parse(JsonFields fields, String name) {
		return parse(fields, name, MAX_SEQUENCES);
	}

	/** The same with another bound on how many there may be. */
	public static List<String> parse(JsonFields fields, String name, int most) {
		if (!fields.has(name)) {
			return List.of();
		}
		var sequences = fields.isString(name)
				? List.of(fields.requiredString(name))
				: fields.requiredArray(name).stream().map(JsonItem::string).toList();
		if (sequences.size() > most) {
			throw fields.invalid(name,
					"may hold at most %d sequences, but holds %d".formatted(most, sequences.size()));
		}
		for (var sequence : sequences) {
			if (sequence.isEmpty() || sequence.length() > MAX_CHARACTERS) {
				throw fields.invalid(name, "must hold sequences of 1 to %d characters, but one has %d"
						.formatted(MAX_CHARACTERS, sequence.length()));
			}
		}
		return sequences;
	}

}
