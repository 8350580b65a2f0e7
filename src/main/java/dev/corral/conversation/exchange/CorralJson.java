package dev.corral.conversation.exchange;

import com.fasterxml.jackson.annotation.JsonInclude.Include;

import dev.corral.contextwindow.WindowPolicy;
import dev.corral.conversation.BadConversation;
import dev.corral.conversation.ImportedConversation;
import dev.corral.inference.InvalidParameter;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Corral's own format: each conversation is one line of JSON with all that is stored of it, in the names of its parts in lower case. Times
 * and durations are those of ISO 8601. What is not known is left out, and fields that a reader does not know are passed over.
 */
final class CorralJson {

	/** Tells the format in each line; another number would mean that older readers must not try. */
	static final String FORMAT = "corral-conversations-1";

	private static final JsonMapper JSON = JsonMapper.builder()
			.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
			.changeDefaultPropertyInclusion(included -> included.withValueInclusion(Include.NON_NULL))
			.enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS).enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
			.addModule(new SimpleModule().addSerializer(WindowPolicy.class, new PolicyWriter())
					.addDeserializer(WindowPolicy.class, new PolicyReader()))
			.build();

	private CorralJson() {
	}

	/** On one line, without its end. */
	static String write(ImportedConversation conversation) {
		var line = JSON.createObjectNode().put("format", FORMAT);
		line.setAll((ObjectNode) JSON.valueToTree(conversation));
		return JSON.writeValueAsString(line);
	}

	/** @throws BadConversation if it is none */
	static ImportedConversation read(ObjectNode line) {
		var format = line.path("format").asString("");
		if (!format.equals(FORMAT)) {
			throw new BadConversation(
					"its 'format' is '%s', but must be '%s'".formatted(
							format.substring(0, Math.min(64, format.length())),
							FORMAT));
		}
		try {
			var conversation = JSON.treeToValue(line, ImportedConversation.class);
			Required.check(conversation);
			conversation.parameters().sampling();
			return conversation;
		} catch (InvalidParameter outOfRange) {
			throw new BadConversation("its 'parameters' cannot be used: " + outOfRange.getMessage());
		} catch (JacksonException invalid) {
			if (invalid.getCause() instanceof BadConversation bad) {
				throw bad;
			}
			throw new BadConversation("it has parts that are missing or wrong: " + JsonProblems.text(invalid));
		}
	}

	private static final class PolicyWriter extends StdSerializer<WindowPolicy> {

		PolicyWriter() {
			super(WindowPolicy.class);
		}

		@Override
		public void serialize(WindowPolicy policy, JsonGenerator output, SerializationContext context) {
			output.writeString(policy.id());
		}

	}

	private static final class PolicyReader extends StdDeserializer<WindowPolicy> {

		PolicyReader() {
			super(WindowPolicy.class);
		}

		@Override
		public WindowPolicy deserialize(JsonParser input, DeserializationContext context) {
			return WindowPolicy.of("window", input.getValueAsString(""));
		}

	}

}
