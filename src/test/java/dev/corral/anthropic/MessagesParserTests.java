package dev.corral.anthropic;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

import dev.corral.generation.ToolChoice;
import dev.corral.generation.ToolUse;
import dev.corral.inference.InvalidParameter;
import dev.corral.inference.OutputConstraint;
import dev.corral.inference.SamplingParameters;
import dev.corral.inference.Truncation;
import dev.corral.template.Message;
import dev.corral.template.Role;
import dev.corral.template.Tool;
import dev.corral.template.ToolCall;
import dev.corral.web.ApiSettings;
import dev.corral.web.Json;
import dev.corral.web.JsonFields;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MessagesParserTests {

	private static final String HI = "\"model\":\"llama\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

	private static final String WEATHER = "{\"name\":\"weather\",\"description\":\"Tells it.\",\"input_schema\":{\"type\":\"object\"}}";

	private final MessagesParser parser = new MessagesParser(
			new ApiSettings(Duration.ofSeconds(10), DataSize.ofMegabytes(1), Duration.ofSeconds(10),
					Duration.ofSeconds(30), 5));

	@Test
	void readsWhatIsAskedOfTheModel() {
		var request = with("""
			,"system":"Be brief.","temperature":0.5,"top_p":0.9,"top_k":7,"stop_sequences":["END"],"stream":true,
			"metadata":{"user_id":"u1"}""");

		assertThat(request.stream()).isTrue();
		assertThat(request.chat().model()).isEqualTo("llama");
		assertThat(request.chat().maxCompletionTokens()).isEqualTo(9);
		assertThat(request.chat().messages()).containsExactly(new Message(Role.SYSTEM, "Be brief."),
				new Message(Role.USER, "hi"));
		assertThat(request.chat().sampling()).isEqualTo(SamplingParameters.DEFAULTS.withTemperature(0.5f)
				.withTruncation(Truncation.NONE.withTopP(0.9f).withTopK(7)));
		assertThat(request.chat().stopSequences()).containsExactly("END");
		assertThat(request.chat().tenant()).isEqualTo("u1");
		assertThat(request.chat().rendering().continuesLast()).isFalse();
	}

	@Test
	void readsBlocksAsMessagesInTheirOrder() {
		var messages = messages(
				"""
					{"role":"user","content":[{"type":"text","text":"a","cache_control":{"type":"ephemeral"}},{"type":"text","text":"b"}]},
					{"role":"assistant","content":[{"type":"thinking","thinking":"hm","signature":"s"},{"type":"text","text":"c"},
						{"type":"tool_use","id":"t1","name":"weather","input":{"city": "Rome"}},{"type":"tool_use","id":"t2","name":"time"}]},
					{"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":"sunny"},
						{"type":"tool_result","tool_use_id":"t2","content":[{"type":"text","text":"x"},{"type":"text","text":"y"}],"is_error":true},
						{"type":"tool_result","tool_use_id":"t3"},{"type":"text","text":"d"}]}
					""");

		assertThat(messages).containsExactly(new Message(Role.USER, "a\nb"),
				new Message(Role.ASSISTANT, "c",
						List.of(new ToolCall("t1", "weather", "{\"city\":\"Rome\"}"), new ToolCall("t2", "time", "{}")),
						null),
				new Message(Role.TOOL, "sunny", List.of(), "t1"), new Message(Role.TOOL, "x\ny", List.of(), "t2"),
				new Message(Role.TOOL, "", List.of(), "t3"), new Message(Role.USER, "d"));
	}

	@Test
	void goesOnWithALastMessageOfTheAssistant() {
		var prefilled = parse("{%s}".formatted(HI.replace("}]", "},{\"role\":\"assistant\",\"content\":\"It is\"}]")));
		var called = parse("{%s}".formatted(HI.replace("}]",
				"},{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"n\"}]}]")));

		assertThat(prefilled.chat().rendering().continuesLast()).isTrue();
		assertThat(called.chat().rendering().continuesLast()).isFalse();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
		{"type":"auto"}                                  | Auto     | true
		{"type":"any","disable_parallel_tool_use":true}  | Required | false
		{"type":"tool","name":"weather"}                 | Named    | true
		{"type":"none"}                                  | None     | true
		""")
	void readsToolsAndTheirChoice(String choice, String type, boolean parallel) {
		var tools = with(",\"tools\":[%s],\"tool_choice\":%s".formatted(WEATHER, choice)).chat().tools();

		assertThat(tools.tools()).containsExactly(
				new Tool("weather", "Tells it.", "{\"type\":\"object\"}", false, "tools[0].input_schema"));
		assertThat(tools.choice().getClass().getSimpleName()).isEqualTo(type);
		assertThat(tools.parallel()).isEqualTo(parallel);
	}

	@Test
	void leavesTheChoiceToTheModelAndHasNoToolsUnlessTold() {
		assertThat(with(",\"tools\":[%s]".formatted(WEATHER)).chat().tools().choice()).isEqualTo(new ToolChoice.Auto());
		assertThat(with("").chat().tools()).isEqualTo(ToolUse.NONE);
	}

	@Test
	void readsTheFormatOfTheReply() {
		var schema = new OutputConstraint.JsonSchema("{\"type\":\"object\"}");
		var format = "{\"type\":\"json_schema\",\"schema\":{\"type\":\"object\"}}";

		assertThat(with(",\"output_config\":{\"format\":%s}".formatted(format)).chat().constraint()).isEqualTo(schema);
		assertThat(with(",\"output_format\":" + format).chat().constraint()).isEqualTo(schema);
		assertThat(with(",\"output_config\":{\"effort\":\"high\"}").chat().constraint()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = {"{\"type\":\"disabled\"}", "{\"type\":\"enabled\",\"budget_tokens\":1024}"})
	void takesThinkingForTheHintThatItIs(String thinking) {
		assertThat(with(",\"thinking\":" + thinking).chat().messages()).hasSize(1);
	}

	@Test
	void countsTokensWithoutALimit() {
		var body = JsonFields.ofBody(Json.read("{%s}".formatted(HI.replace("\"max_tokens\":9,", ""))
				.getBytes(StandardCharsets.UTF_8)));

		assertThat(parser.parsePrompt(body).maxCompletionTokens()).isNull();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
		"max_tokens":9                  | "max_tokens":0                        | max_tokens
		"max_tokens":9                  | "max_tokens":null                     | max_tokens
		"max_tokens":9                  | "max_tokens":9,"temperature":1.5      | temperature
		"max_tokens":9                  | "max_tokens":9,"thinking":{"type":"x"}| thinking.type
		"max_tokens":9                  | "max_tokens":9,"mcp_servers":[{}]     | mcp_servers
		"max_tokens":9                  | "max_tokens":9,"tool_choice":{"type":"any"} | tool_choice
		"max_tokens":9                  | "max_tokens":9,"tools":[{"type":"bash_20250124","name":"bash"}] | tools[0].type
		"max_tokens":9                  | "max_tokens":9,"tools":[{"name":"a b","input_schema":{}}] | tools[0].name
		"max_tokens":9                  | "max_tokens":9,"tools":[{"name":"a"}] | tools[0].input_schema
		"max_tokens":9                  | "max_tokens":9,"tools":[{"name":"a","input_schema":{"type":"string"}}] | tools[0].input_schema.type
		"content":"hi"                  | "content":[{"type":"image"}]          | messages[0].content[0].type
		"content":"hi"                  | "content":[]                          | messages[0].content
		"content":"hi"                  | "content":[{"type":"tool_result"}]    | messages[0].content[0].tool_use_id
		"role":"user"                   | "role":"system"                       | messages[0].role
		"model":"llama",                | `   `                                 | model
		""")
	void refusesNamingTheField(String original, String replacement, String param) {
		assertThatExceptionOfType(InvalidParameter.class)
				.isThrownBy(() -> parse("{%s}".formatted(HI.replace(original, replacement))))
				.satisfies(failure -> assertThat(failure.parameter()).isEqualTo(param));
	}

	@Test
	void refusesTwoToolsOfOneName() {
		assertThatExceptionOfType(InvalidParameter.class)
				.isThrownBy(() -> with(",\"tools\":[%s,%s]".formatted(WEATHER, WEATHER)))
				.withMessage("'tools' must have different names, but two are named 'weather'.");
	}

	private List<Message> messages(String messages) {
		return parse("{\"model\":\"llama\",\"max_tokens\":9,\"messages\":[%s]}".formatted(messages)).chat().messages();
	}

	private MessagesRequest with(String fields) {
		return parse("{%s%s}".formatted(HI, fields));
	}

	private MessagesRequest parse(String body) {
		return parser.parse(JsonFields.ofBody(Json.read(body.getBytes(StandardCharsets.UTF_8))));
	}

}
