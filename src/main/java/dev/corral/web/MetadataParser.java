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
			texts.put(name, metadata.requiredString(name));
		}
		return checked(texts);
	}

	/**
	 * The texts by name that a query asks for as {@code metadata[name]=text}; empty if it asks for none.
	 *
	 * @throws InvalidParameter if it does so in another form, or asks for more than anything can have
	 */
	public static Map<String, String> parse(QueryFields query) {
		var texts = query.texts("metadata");
		if (texts.size() > MAX_ENTRIES) {
			throw new InvalidParameter("metadata",
					"may be asked for by at most %d names, but is by %d".formatted(MAX_ENTRIES, texts.size()));
		}
		return checked(texts);
	}

	private static Map<String, String> checked(Map<String, String> texts) {
		texts.forEach((name, text) -> {
			if (name.length() > MAX_NAME_CHARACTERS || text.length() > MAX_VALUE_CHARACTERS) {
				throw new InvalidParameter("metadata",
						"must have names of at most %d and texts of at most %d characters"
								.formatted(MAX_NAME_CHARACTERS, MAX_VALUE_CHARACTERS));
			}
		});
		return texts;
	}

}
