package dev.corral.chat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

import dev.corral.catalog.CatalogModel;
import dev.corral.catalog.ModelCatalog;
import dev.corral.conversation.MessageId;
import dev.corral.inference.ModelSource;
import dev.corral.openai.RecordingNode;
import dev.corral.template.FakeTemplate;
import dev.corral.web.ApiDescription;
import dev.corral.web.Json;
import dev.corral.web.JsonFields;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** The description of requests and what parsers read of them are the same. */
@SpringJUnitConfig(ApiDescription.class)
class DescriptionTests {

	@Autowired
	private ApiDescription description;

	static Stream<Arguments> requests() {
		var conversations = new ConversationParser(new ModelCatalog(List.of(new CatalogModel(
				new ModelSource("llama", Path.of("llama"), 64, 1), "llama", new FakeTemplate(" ", List.of())))));
		return Stream.of(row("NewConversation", "{\"metadata\":{\"a\":\"b\"}}", conversations::parse),
				row("ConversationChange", "{\"metadata\":{\"a\":\"b\"}}", conversations::parseChange),
				row("NewMessage", "{\"content\":\"hi\"}", AskedReplyParser::message),
				row("MessageEdit", "{\"content\":\"hi\"}", AskedReplyParser::edit),
				row("AnotherReply", "{}", AskedReplyParser::reply),
				row("BranchSwitch", "{\"message_id\":\"%s\"}".formatted(MessageId.next()),
						BranchController::switchedTo),
				row("ReplyFeedback", "{\"rating\":\"up\"}", FeedbackAnswer::parse));
	}

	private static Arguments row(String schema, String body, Consumer<JsonFields> parser) {
		return Arguments.of(schema, body, parser);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("requests")
	void describesTheFieldsThatAreRead(String schema, String body, Consumer<JsonFields> parser) {
		var read = new TreeSet<String>();
		parser.accept(JsonFields
				.ofBody(RecordingNode.recording(Json.read(body.getBytes(StandardCharsets.UTF_8)), "", read)));
		read.removeIf(field -> field.startsWith("metadata."));

		var described = new TreeSet<String>();
		collect(description.document().at("/components/schemas/" + schema), described);
		assertThat(described).isNotEmpty().isEqualTo(read);
	}

	private void collect(JsonNode schema, Set<String> fields) {
		schema.path("allOf").forEach(
				part -> collect(description.document().at(part.path("$ref").stringValue("").substring(1)), fields));
		fields.addAll(schema.path("properties").propertyNames());
	}

}
