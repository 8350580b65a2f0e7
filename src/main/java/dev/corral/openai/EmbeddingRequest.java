package dev.corral.openai;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.corral.generation.TextInput;
import dev.corral.inference.InvalidParameter;
import dev.corral.web.JsonFields;

/**
 * {@code CreateEmbeddingRequest} of the OpenAI API.
 *
 * @param inputs at least one
 * @param dimensions {@code null} for all that the model has
 * @param base64 whether vectors are wanted as base64 of little-endian 32-bit floating-point numbers
 */
record EmbeddingRequest(String model, List<TextInput> inputs, @Nullable Integer dimensions, boolean base64) {

	/** As in the API. */
	static final int MAX_INPUTS = 2048;

	/**
	 * @throws InvalidParameter naming the field that is missing, malformed or out of its range
	 */
	static EmbeddingRequest parse(JsonFields fields) {
		fields.accept("user");
		var inputs = TextInputParser.parse(fields, "input", MAX_INPUTS);
		for (int i = 0; i < inputs.size(); i++) {
			if (inputs.get(i) instanceof TextInput.Text(String text) && text.isEmpty()) {
				throw fields.invalid(fields.isString("input") ? "input" : "input[%d]".formatted(i),
						"must not be empty");
			}
		}
		return new EmbeddingRequest(fields.requiredString("model"), inputs, fields.integer("dimensions"),
				base64(fields));
	}

	private static boolean base64(JsonFields fields) {
		var format = fields.string("encoding_format");
		if (format == null || format.equals("float")) {
			return false;
		}
		if (!format.equals("base64")) {
			throw fields.invalid("encoding_format", "must be one of float and base64");
		}
		return true;
	}

}
