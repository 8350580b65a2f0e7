package dev.corral.openai;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;

import dev.corral.generation.ChatRequest;
import dev.corral.generation.ToolChoice;
import dev.corral.generation.ToolUse;
import dev.corral.inference.InvalidParameter;
import dev.corral.inference.OutputConstraint;
import dev.corral.template.Message;
import dev.corral.template.Role;
import dev.corral.template.Tool;
import dev.corral.template.ToolCall;
import dev.corral.web.ApiSettings;
import dev.corral.web.Json;
import dev.corral.web.JsonFields;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ToolsParserTests {

	private static final String HI = "\"model\": \"m\", \"messages\": [{\"role\": \"user\", \"content\": \"hi\"}]";

	private static final String F = "{\"type\": \"function\", \"function\": {\"name\": \"f\"}}";

	private static final String NOTHING = "{\"type\":\"object\",\"properties\":{},\"additionalProperties\":false}";

	private final ChatCompletionParser parser = new ChatCompletionParser(
			new ApiSettings(Duration.ofSeconds(10), DataSize.ofMegabytes(1), Duration.ofSeconds(10),
					Duration.ofSeconds(30), 3));

	@Test
	void readsTools() {
		var request = parse(
				"""
					{%s, "tools": [{"type": "function", "function": {"name": "get-it_1", "description": "Gets it.", "strict": true,
					"parameters": {"type": "object", "properties": {"b": {}, "a": {"type": "string"}}}}}, %s],
					"parallel_tool_calls": false}"""
						.formatted(HI, F));

		assertThat(request.tools()).isEqualTo(new ToolUse(
				List.of(new Tool("get-it_1", "Gets it.",
						"{\"type\":\"object\",\"properties\":{\"b\":{},\"a\":{\"type\":\"string\"}}}", true,
						"tools[0].function.parameters"),
						new Tool("f", "", NOTHING, false, "tools[1].function.parameters")),
				new ToolChoice.Auto(), false));
	}

	@Test
	void readsWhichToolsTheReplyCalls() {
		assertThat(choice("\"auto\"")).isEqualTo(new ToolChoice.Auto());
		assertThat(choice("\"none\"")).isEqualTo(new ToolChoice.None());
		assertThat(choice("\"required\"")).isEqualTo(new ToolChoice.Required());
		assertThat(choice(F)).isEqualTo(new ToolChoice.Named("f"));
	}

	@Test
	void readsWhichToolsAreAllowed() {
		var request = parse(
				"{%s, \"tools\": [%s, %s], \"tool_choice\": %s}".formatted(HI, F, F.replace("\"f\"", "\"g\""),
						"{\"type\": \"allowed_tools\", \"allowed_tools\": {\"mode\": \"required\", \"tools\": [%s]}}"
								.formatted(F.replace("\"f\"", "\"g\""))));

		assertThat(request.tools()).isEqualTo(
				new ToolUse(List.of(new Tool("g", "", NOTHING, false, "tools[1].function.parameters")),
						new ToolChoice.Required(), true));
	}

	@Test
	void takesToolsBesideAFormat() {
		var request = parse("{%s, \"tools\": [%s], \"response_format\": {\"type\": \"json_object\"}}".formatted(HI, F));

		assertThat(request.tools().tools()).hasSize(1);
		assertThat(request.constraint()).isEqualTo(new OutputConstraint.JsonObject());
	}

	@Test
	void takesASchemaWithoutATypeForOneOfObjects() {
		var request = parse("{%s, \"tools\": [%s]}".formatted(HI, F.replace("\"f\"", "\"f\", \"parameters\": {}")));

		assertThat(request.tools().tools().getFirst().parameters()).isEqualTo("{\"type\":\"object\"}");
	}

	@Test
	void readsCallsAndResultsOfTheConversation() {
		var request = parse(
				"""
					{"model": "m", "messages": [{"role": "user", "content": "hi"},
					{"role": "assistant", "content": null, "tool_calls": [{"id": "c1", "type": "function",
					"function": {"name": "f", "arguments": "{\\"a\\": 1}"}}]},
					{"role": "tool", "tool_call_id": "c1", "content": [{"type": "text", "text": "one"}, {"type": "text", "text": "two"}]}]}""");

		assertThat(request.messages()).containsExactly(new Message(Role.USER, "hi"),
				new Message(Role.ASSISTANT, "", List.of(new ToolCall("c1", "f", "{\"a\": 1}")), null),
				new Message(Role.TOOL, "one\ntwo", List.of(), "c1"));
		assertThat(request.tools()).isEqualTo(ToolUse.NONE);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
		"tools": {}                                 | tools                       | 'tools' must be an array, but is an object.
		"tools": [{}]                               | tools[0].type               | 'tools[0].type' is required.
		"tools": [{"type": "web_search"}]           | tools[0].type               | 'tools[0].type' must be function: this server runs no tools itself.
		"tools": [{"type": "function"}]             | tools[0].function           | 'tools[0].function' is required.
		"tools": [{"type": "function", "function": {}}] | tools[0].function.name  | 'tools[0].function.name' is required.
		"tools": [{"type": "function", "function": {"name": "a b"}}] | tools[0].function.name | 'tools[0].function.name' must have 1 to 64 letters, digits, underscores and hyphens.
		"tools": [{"type": "function", "function": {"name": "f", "parameters": true}}] | tools[0].function.parameters | 'tools[0].function.parameters' must be an object, but is a boolean.
		"tools": [{"type": "function", "function": {"name": "f", "parameters": {"type": "array"}}}] | tools[0].function.parameters.type | 'tools[0].function.parameters.type' must be object.
		"tools": [F, F]                             | tools                       | 'tools' must have different names, but two are named 'f'.
		"tools": [F], "tool_choice": "some"         | tool_choice                 | 'tool_choice' must be auto, none, required or an object.
		"tools": [F], "tool_choice": {"type": "function", "function": {"name": "g"}} | tool_choice.function.name | 'tool_choice.function.name' must be that of one of the 'tools'.
		"tool_choice": "required"                   | tool_choice                 | 'tool_choice' must not be required without 'tools'.
		"tools": [F], "tool_choice": {"type": "custom"}              | tool_choice.type   | 'tool_choice.type' must be function or allowed_tools: this server runs no tools itself.
		"tools": [F], "tool_choice": {"type": "allowed_tools"}       | tool_choice.allowed_tools | 'tool_choice.allowed_tools' is required.
		"tools": [F], "tool_choice": {"type": "allowed_tools", "allowed_tools": {"mode": "auto", "tools": []}} | tool_choice.allowed_tools.tools | 'tool_choice.allowed_tools.tools' must name at least one tool.
		"tools": [F], "tool_choice": {"type": "allowed_tools", "allowed_tools": {"mode": "auto", "tools": [{"type": "mcp"}]}} | tool_choice.allowed_tools.tools[0].type | 'tool_choice.allowed_tools.tools[0].type' must be function: this server runs no tools itself.
		"tools": [F], "tool_choice": {"type": "allowed_tools", "allowed_tools": {"mode": "some", "tools": [F]}} | tool_choice.allowed_tools.mode | 'tool_choice.allowed_tools.mode' must be auto, none, required or an object.
		""")
	void refusesToolsByTheFieldAtFault(String fields, String param, String message) {
		assertRefused("{%s, %s}".formatted(HI, fields.replace("F", F)), param, message);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
		{"role": "tool", "content": "x"}                             | messages[0].tool_call_id | 'messages[0].tool_call_id' is required.
		{"role": "tool", "tool_call_id": "c1", "content": "x"}       | messages[0].tool_call_id | 'messages[0].tool_call_id' must be the 'id' of a call in an earlier message of the assistant.
		{"role": "assistant", "tool_calls": [{}]}                    | messages[0].tool_calls[0].function | 'messages[0].tool_calls[0].function' is required.
		{"role": "assistant", "tool_calls": [{"function": {"name": "f", "arguments": {}}}]} | messages[0].tool_calls[0].id | 'messages[0].tool_calls[0].id' is required.
		{"role": "assistant", "tool_calls": [{"id": "1", "function": {"name": "f", "arguments": {}}}]} | messages[0].tool_calls[0].function.arguments | 'messages[0].tool_calls[0].function.arguments' must be a string, but is an object.
		{"role": "assistant", "tool_calls": [C, C]}                  | messages[0].tool_calls[1].id | 'messages[0].tool_calls[1].id' must not be that of another call of the message.
		{"role": "assistant", "function_call": {}, "content": "x"}   | messages[0].function_call | 'messages[0].function_call' must be absent: give 'tool_calls' instead.
		{"role": "function", "name": "f", "content": "x"}            | messages[0].role | 'messages[0].role' must be one of system, developer, user, assistant and tool.
		""")
	void refusesMessagesByTheFieldAtFault(String message, String param, String problem) {
		var call = "{\"id\": \"1\", \"function\": {\"name\": \"f\", \"arguments\": \"{}\"}}";
		assertRefused("{\"model\": \"m\", \"messages\": [%s]}".formatted(message.replace("C", call)), param, problem);
	}

	@Test
	void boundsWhatToolsMayHave() {
		var many = IntStream.range(0, 129).mapToObj(i -> F.replace("\"f\"", "\"f" + i + "\""))
				.collect(Collectors.joining(","));
		var wordy = F.replace("\"f\"", "\"f\", \"description\": \"%s\"".formatted("x".repeat(16_385)));
		var calls = "{\"role\": \"assistant\", \"tool_calls\": [{\"id\": \"%s\", \"function\": {\"name\": \"f\", \"arguments\": \"\"}}]}"
				.formatted("x".repeat(129));

		assertRefused("{%s, \"tools\": [%s]}".formatted(HI, many), "tools",
				"'tools' may hold at most 128 tools, but holds 129.");
		assertRefused("{%s, \"tools\": [%s]}".formatted(HI, wordy), "tools[0].function.description",
				"'tools[0].function.description' may have at most 16384 characters, but has 16385.");
		assertRefused("{\"model\": \"m\", \"messages\": [%s]}".formatted(calls), "messages[0].tool_calls[0].id",
				"'messages[0].tool_calls[0].id' must have 1 to 128 characters, but has 129.");
	}

	private ToolChoice choice(String json) {
		return parse("{%s, \"tools\": [%s], \"tool_choice\": %s}".formatted(HI, F, json)).tools().choice();
	}

	private ChatRequest parse(String body) {
		return parser.parse(JsonFields.ofBody(Json.read(body.getBytes(StandardCharsets.UTF_8)))).chat();
	}

	private void assertRefused(String body, String param, String message) {
		assertThatExceptionOfType(InvalidParameter.class).isThrownBy(() -> parse(body)).withMessage(message)
				.satisfies(failure -> assertThat(failure.parameter()).isEqualTo(param));
	}

}
