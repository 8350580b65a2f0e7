package dev.corral.responses;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

import dev.corral.contextwindow.WindowPolicy;
import dev.corral.conversation.ConversationId;
import dev.corral.conversation.MessageId;
import dev.corral.conversation.NotFound;
import dev.corral.conversation.ReplyParameters;
import dev.corral.generation.ToolChoice;
import dev.corral.inference.InvalidParameter;
import dev.corral.inference.OutputConstraint;
import dev.corral.responses.InputItem.Answered;
import dev.corral.responses.InputItem.Called;
import dev.corral.responses.InputItem.Reference;
import dev.corral.responses.InputItem.Said;
import dev.corral.template.Role;
import dev.corral.template.Tool;
import dev.corral.template.ToolCall;
import dev.corral.web.ApiSettings;
import dev.corral.web.Json;
import dev.corral.web.JsonFields;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ResponsesParserTests {

	private static final String ID = "0190c5f0aaaa7bbb8cccddddeeeeffff";

	private static final String F = "{\"type\":\"function\",\"name\":\"f\",\"description\":\"Does it.\",\"parameters\":{\"type\":\"object\"},\"strict\":true}";

	private final ResponsesParser parser = new ResponsesParser(new ApiSettings(Duration.ofSeconds(10),
			DataSize.ofMegabytes(1), Duration.ofSeconds(10), Duration.ofSeconds(30), 5));

	@Test
	void takesATextForAMessageOfTheUser() {
		var request = parse("{\"model\":\"m\",\"input\":\"hi\"}");

		assertThat(request.model()).isEqualTo("m");
		assertThat(request.input()).containsExactly(new Said(Role.USER, "hi"));
		assertThat(request.origin()).isEqualTo(new Origin.Nothing());
		assertThat(request.parameters()).isEqualTo(ReplyParameters.NONE);
		assertThat(request.stream()).isFalse();
		assertThat(request.echo().store()).isTrue();
		assertThat(request.echo().background()).isFalse();
	}

	@Test
	void readsItemsOfAllKinds() {
		var request = parse("""
			{"model":"m","input":[
			{"role":"developer","content":"Be brief."},
			{"type":"message","id":"msg_x","status":"completed","role":"assistant","content":[
			{"type":"output_text","text":"a","annotations":[]},{"type":"output_text","text":"b"}]},
			{"type":"function_call","id":"fc_x","call_id":"c","name":"f","arguments":"{}","status":"completed"},
			{"type":"function_call_output","call_id":"c","output":[{"type":"input_text","text":"1"}]},
			{"type":"item_reference","id":"fc_%s_2"}]}""".formatted(ID));

		assertThat(request.input()).containsExactly(new Said(Role.SYSTEM, "Be brief."),
				new Said(Role.ASSISTANT, "a\nb"), new Called(new ToolCall("c", "f", "{}")),
				new Answered("c", "1", "input[3]"), new Reference(ItemId.ofCall(MessageId.parse(ID), 2)));
	}

	@Test
	void readsHowTheReplyIsGenerated() {
		var request = parse(
				"""
					{"model":"m","input":"hi","max_output_tokens":9,"temperature":0.7,"top_p":0.9,"top_k":4,"min_p":0.1,"presence_penalty":1,
					"frequency_penalty":-1,"repetition_penalty":1.1,"seed":3,"stop":"x","truncation":"disabled","user":"u","metadata":{"a":"b"}}""");

		assertThat(request.parameters()).isEqualTo(new ReplyParameters(9, 0.7f, 0.9f, 4, 0.1f, 1f, -1f, 1.1f, 3L,
				List.of("x"), WindowPolicy.STRICT));
		assertThat(request.tenant()).isEqualTo("u");
		assertThat(request.echo().temperature()).isEqualTo(0.7);
		assertThat(request.echo().metadata()).isEqualTo(Map.of("a", "b"));
		assertThat(request.echo().truncation()).isEqualTo("disabled");
	}

	@ParameterizedTest
	@CsvSource({"auto, ROLLING", "disabled, STRICT"})
	void takesTruncationForAPolicyOfTheWindow(String truncation, WindowPolicy policy) {
		var request = parse("{\"model\":\"m\",\"input\":\"hi\",\"truncation\":\"%s\"}".formatted(truncation));

		assertThat(request.parameters().window()).isEqualTo(policy);
	}

	@Test
	void readsWhatTheResponseGoesOnWith() {
		assertThat(parse("{\"input\":\"hi\",\"previous_response_id\":\"resp_%s\"}".formatted(ID)).origin())
				.isEqualTo(new Origin.Previous(MessageId.parse(ID)));
		assertThat(parse("{\"input\":\"hi\",\"conversation\":\"conv_%s\"}".formatted(ID)).origin())
				.isEqualTo(new Origin.Kept(ConversationId.parse(ID)));
		var request = parse("{\"conversation\":{\"id\":\"conv_%s\"}}".formatted(ID));

		assertThat(request.origin()).isEqualTo(new Origin.Kept(ConversationId.parse(ID)));
		assertThat(request.input()).isEmpty();
		assertThat(request.echo().conversation()).isEqualTo(new ResponseEcho.ConversationRef("conv_" + ID));
	}

	@ParameterizedTest
	@ValueSource(strings = {"\"previous_response_id\":\"chatcmpl-1\"", "\"previous_response_id\":\"resp_1\"",
			"\"conversation\":\"resp_0190c5f0aaaa7bbb8cccddddeeeeffff\"", "\"conversation\":{\"id\":\"\"}"})
	void doesNotFindWhatCannotBe(String field) {
		assertThatExceptionOfType(NotFound.class)
				.isThrownBy(() -> parse("{\"model\":\"m\",\"input\":\"hi\",%s}".formatted(field)));
	}

	@Test
	void readsTools() {
		var request = parse(
				"""
					{"model":"m","input":"hi","tools":[%s,{"type":"function","name":"g","parameters":null,"strict":null}],
					"tool_choice":{"type":"allowed_tools","mode":"required","tools":[{"type":"function","name":"f"}]},"parallel_tool_calls":false}"""
						.formatted(F));

		assertThat(request.tools().tools())
				.containsExactly(new Tool("f", "Does it.", "{\"type\":\"object\"}", true, "tools[0].parameters"));
		assertThat(request.tools().choice()).isEqualTo(new ToolChoice.Required());
		assertThat(request.tools().parallel()).isFalse();
	}

	@Test
	void repeatsToolsAndFormats() {
		var tools = parse(
				"{\"model\":\"m\",\"input\":\"hi\",\"tools\":[%s],\"tool_choice\":{\"type\":\"function\",\"name\":\"f\"}}"
						.formatted(F))
				.echo();
		var format = parse(
				"""
					{"model":"m","input":"hi","text":{"format":{"type":"json_schema","name":"n","schema":{"const":1},"strict":true}}}""");

		assertThat(Json.write(tools.tools())).isEqualTo("[%s]".formatted(F.replace("\"strict\"", "\"strict\"")));
		assertThat(Json.write(tools.toolChoice())).isEqualTo("{\"type\":\"function\",\"name\":\"f\"}");
		assertThat(format.format().constraint()).isEqualTo(new OutputConstraint.JsonSchema("{\"const\":1}"));
		assertThat(Json.write(format.echo().text())).isEqualTo(
				"{\"format\":{\"type\":\"json_schema\",\"name\":\"n\",\"schema\":{\"const\":1},\"strict\":true}}");
	}

	/** What is kept of a response is read again when somebody asks for it. */
	@Test
	void keepsWhatTheResponseRepeats() {
		var echo = parse(
				"""
					{"model":"m","input":"hi","instructions":"Be brief.","tools":[%s],"temperature":0.3,"metadata":{"k":"v"},"background":true,
					"conversation":"conv_%s","safety_identifier":"s","prompt_cache_key":"p"}"""
						.formatted(F, ID))
				.echo();

		assertThat(Json.read(Json.write(echo), ResponseEcho.class)).isEqualTo(echo);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"\"input\":\"hi\"                                                                  | model",
			"\"model\":\"m\"                                                                   | input",
			"\"model\":\"m\",\"input\":[]                                                      | input",
			"\"model\":\"m\",\"input\":[{},{},{},{},{},{}]                                     | input",
			"\"model\":\"m\",\"input\":[{\"role\":\"tool\",\"content\":\"a\"}]                 | input[0].role",
			"\"model\":\"m\",\"input\":[{\"role\":\"user\",\"content\":[]}]                    | input[0].content",
			"\"model\":\"m\",\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_image\"}]}] | input[0].content[0].type",
			"\"model\":\"m\",\"input\":[{\"type\":\"reasoning\"}]                              | input[0].type",
			"\"model\":\"m\",\"input\":[{\"type\":\"function_call_output\",\"call_id\":\"\",\"output\":\"a\"}] | input[0].call_id",
			"\"model\":\"m\",\"input\":\"hi\",\"max_output_tokens\":0                          | max_output_tokens",
			"\"model\":\"m\",\"input\":\"hi\",\"temperature\":3                                | temperature",
			"\"model\":\"m\",\"input\":\"hi\",\"top_p\":2                                      | top_p",
			"\"model\":\"m\",\"input\":\"hi\",\"truncation\":\"never\"                         | truncation",
			"\"model\":\"m\",\"input\":\"hi\",\"truncation\":\"auto\",\"context_window\":\"recall\" | truncation",
			"\"model\":\"m\",\"input\":\"hi\",\"context_window\":\"sliding\"                   | context_window",
			"\"model\":\"m\",\"input\":\"hi\",\"store\":false,\"context_window\":\"recap\"     | context_window",
			"\"model\":\"m\",\"input\":\"hi\",\"store\":false,\"background\":true              | background",
			"\"input\":\"hi\",\"store\":false,\"conversation\":\"conv_0190c5f0aaaa7bbb8cccddddeeeeffff\" | store",
			"\"input\":\"hi\",\"previous_response_id\":\"resp_x\",\"conversation\":\"conv_x\"  | previous_response_id",
			"\"model\":\"m\",\"input\":\"hi\",\"tools\":[{\"type\":\"web_search\"}]            | tools[0].type",
			"\"model\":\"m\",\"input\":\"hi\",\"tool_choice\":\"required\"                     | tool_choice",
			"\"model\":\"m\",\"input\":\"hi\",\"tool_choice\":{\"type\":\"mcp\"}               | tool_choice.type",
			"\"model\":\"m\",\"input\":\"hi\",\"tool_choice\":{\"type\":\"function\",\"name\":\"f\"} | tool_choice.name",
			"\"model\":\"m\",\"input\":\"hi\",\"text\":{\"format\":{\"type\":\"xml\"}}         | text.format.type",
			"\"model\":\"m\",\"input\":\"hi\",\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"n\"}} | text.format.schema",
			"\"model\":\"m\",\"input\":\"hi\",\"prompt\":{\"id\":\"p\"}                        | prompt",
			"\"model\":\"m\",\"input\":\"hi\",\"moderation\":{}                                | moderation",
			"\"model\":\"m\",\"input\":\"hi\",\"context_management\":[]                        | context_management",
			"\"model\":\"m\",\"input\":\"hi\",\"top_logprobs\":2                               | top_logprobs",
			"\"model\":\"m\",\"input\":\"hi\",\"include\":[\"message.output_text.logprobs\"]   | include",
			"\"model\":\"m\",\"input\":\"hi\",\"metadata\":{\"a\":1}                           | metadata.a"})
	void refusesNamingTheField(String fields, String parameter) {
		assertThatExceptionOfType(InvalidParameter.class).isThrownBy(() -> parse("{%s}".formatted(fields)))
				.satisfies(refused -> assertThat(refused.parameter()).isEqualTo(parameter));
	}

	@Test
	void takesToolsBesideAFormat() {
		var request = parse(
				"{\"model\":\"m\",\"input\":\"hi\",\"tools\":[%s],\"text\":{\"format\":{\"type\":\"json_object\"}}}"
						.formatted(F));

		assertThat(request.tools().tools()).hasSize(1);
		assertThat(request.format().constraint()).isEqualTo(new OutputConstraint.JsonObject());
	}

	private ResponsesRequest parse(String body) {
		return parser.parse(JsonFields.ofBody(Json.read(body.getBytes(StandardCharsets.UTF_8))));
	}

}
