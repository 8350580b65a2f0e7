package dev.corral.web;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.InvalidParameter;

/** Reads what clients attach to things, in the field {@code metadata} and within the limits of the OpenAI API. */
public final class MetadataParser {

	static final int MAX_ENTRIES = 16;

	static final int MAX_NAME_CHARACTERS = 64;

	static final int MAX_VALUE_CHARACTERS = 512;

	private MetadataParser() {
	}

	/**
	 * The texts by name; {@code null} if the field is absent.
	 *
	 * @throws InvalidParameter if there are too many, or one is no text or too long
	 */
	public static @Nullable Map<String, String> parse(JsonFields fields) {
		var metadata = fields.object("metadata");
		if (metadata == null) {
			return null;
		}
		if (metadata.size() > MAX_ENTRIES) {
			throw fields.invalid("metadata",
					"may hold at most %d entries, but holds %d".formatted(MAX_ENTRIES, metadata.size()));
		}
		var texts = new LinkedHashMap<String, String>();
		for (var name : metadata.names()) {
			var value = metadata.requiredString(name);
			if (name.length() > MAX_NAME_CHARACTERS || value.length() > MAX_VALUE_CHARACTERS) {
				throw fields.invalid("metadata", "must have names of at most %d and texts of at most %d characters"
						.formatted(MAX_NAME_CHARACTERS, MAX_VALUE_CHARACTERS));
			}
			texts.put(name, value);
		}
		return texts;
	}

}
