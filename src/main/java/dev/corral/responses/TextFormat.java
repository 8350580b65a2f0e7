package dev.corral.responses;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.corral.inference.InvalidParameter;
import dev.corral.inference.OutputConstraint;
import dev.corral.web.Json;
import dev.corral.web.JsonFields;
import tools.jackson.databind.JsonNode;

/**
 * {@code text.format} of the Responses API: what a reply must look like. Its JSON is what clients send and are told.
 *
 * @param type {@code text}, {@code json_object} or {@code json_schema}
 * @param name of the schema, and with it only
 * @param strict what every reply here is, so it is told as it was asked
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TextFormat(String type, @Nullable String name, @Nullable String description, @Nullable JsonNode schema,
		@Nullable Boolean strict) {

	private static final int MAX_DESCRIPTION_CHARACTERS = 16_384;

	static final TextFormat TEXT = new TextFormat("text", null, null, null, null);

	/**
	 * @throws InvalidParameter if it is malformed
	 */
	static TextFormat parse(JsonFields fields) {
		var text = fields.object("text");
		if (text == null) {
			return TEXT;
		}
		text.string("verbosity");
		var format = text.object("format");
		if (format == null) {
			return TEXT;
		}
		return switch (format.requiredString("type")) {
			case "text" -> TEXT;
			case "json_object" -> new TextFormat("json_object", null, null, null, null);
			case "json_schema" -> schema(format);
			default -> throw format.invalid("type", "must be one of text, json_object and json_schema");
		};
	}

	private static TextFormat schema(JsonFields format) {
		var schema = format.schema("schema");
		if (schema == null) {
			throw format.invalid("schema", "is required");
		}
		var name = format.requiredString("name");
		if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
			throw format.invalid("name", "must have 1 to 64 letters, digits, underscores and hyphens");
		}
		var description = format.string("description");
		if (description != null && description.length() > MAX_DESCRIPTION_CHARACTERS) {
			throw format.invalid("description", "may have at most %d characters, but has %d"
					.formatted(MAX_DESCRIPTION_CHARACTERS, description.length()));
		}
		return new TextFormat("json_schema", name, description, Json.read(schema.getBytes(StandardCharsets.UTF_8)),
				format.flag("strict"));
	}

	/** {@code null} if the reply is free. */
	@Nullable
	OutputConstraint constraint() {
		return switch (type) {
			case "json_object" -> new OutputConstraint.JsonObject();
			case "json_schema" ->
				new OutputConstraint.JsonSchema(schema == null ? "true" : schema.toString());
			default -> null;
		};
	}

}
