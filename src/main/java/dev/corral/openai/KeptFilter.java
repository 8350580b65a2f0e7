package dev.corral.openai;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.InvalidParameter;
import dev.corral.web.MetadataParser;
import dev.corral.web.QueryFields;
import tools.jackson.databind.JsonNode;

/**
 * Which of the stored completions are listed.
 *
 * @param model {@code null} for those of any model
 * @param metadata what they must have been stored with, among other things
 */
record KeptFilter(@Nullable String model, Map<String, String> metadata) {

	/** @throws InvalidParameter if metadata is asked for in another form than {@code metadata[name]=text} */
	static KeptFilter of(QueryFields query) {
		return new KeptFilter(query.string("model"), MetadataParser.parse(query));
	}

	/** @param kept a completion as it was stored */
	boolean matches(JsonNode kept) {
		var stored = kept.path("metadata");
		return (model == null || kept.path("model").stringValue("").equals(model)) && metadata.entrySet().stream()
				.allMatch(wanted -> wanted.getValue().equals(stored.path(wanted.getKey()).stringValue(null)));
	}

}
