package dev.corral.ollama;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;

import dev.corral.catalog.CatalogModel;
import dev.corral.catalog.ModelCatalog;
import dev.corral.generation.CompletionRequest.Prompts;
import dev.corral.generation.TextInput;
import dev.corral.generation.ToolChoice;
import dev.corral.generation.ToolUse;
import dev.corral.inference.InvalidParameter;
import dev.corral.inference.ModelSource;
import dev.corral.inference.OutputConstraint;
import dev.corral.inference.RepetitionPenalties;
import dev.corral.inference.SamplingParameters;
import dev.corral.inference.Truncation;
import dev.corral.template.FakeTemplate;
import dev.corral.template.Message;
import dev.corral.template.Role;
import dev.corral.template.Tool;
import dev.corral.template.ToolCall;
import dev.corral.web.ApiSettings;
import dev.corral.web.Json;
import dev.corral.web.JsonFields;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RequestParserTests {

	private static final String CHAT = "\"model\":\"llama\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

	private static final String PROMPT = "\"model\":\"llama\",\"prompt\":\"hi\"";

	private final RequestParser parser = new RequestParser(
			new ModelNames(new ModelCatalog(List.of(model("llama"), model("odd:latest")))),
			new ApiSettings(Duration.ofSeconds(10), DataSize.ofMegabytes(1), Duration.ofSeconds(10),
					Duration.ofSeconds(30), 5));

	@Test
	void streamsAndSamplesAsOllamaDoesUnlessTold() {
		var request = chat("");

		assertThat(request.stream()).isTrue();
		assertThat(request.chat().maxCompletionTokens()).isNull();
		assertThat(request.chat().sampling()).isEqualTo(SamplingParameters.DEFAULTS.withTemperature(0.8f)
				.withTruncation(Truncation.NONE.withTopK(40).withTopP(0.9f))
				.withPenalties(new RepetitionPenalties(1.1f, 64, 0, 0)));
		assertThat(chat(",\"stream\":false").stream()).isFalse();
	}

	@Test
	void readsOptions() {
		var request = chat("""
			,"options":{"temperature":0,"top_k":0,"top_p":1,"min_p":0.1,"repeat_penalty":1,"repeat_last_n":-1,"seed":5,
			"num_predict":9,"stop":["END"],"num_ctx":131072,"num_gpu":1}""").chat();

		assertThat(request.sampling())
				.isEqualTo(SamplingParameters.GREEDY.withTruncation(Truncation.NONE.withMinP(0.1f))
						.withSeed(5));
		assertThat(request.maxCompletionTokens()).isEqualTo(9);
		assertThat(request.stopSequences()).containsExactly("END");
	}

	@Test
	void takesMinusOneForNoLimitAndNoSeed() {
		var request = chat(",\"options\":{\"num_predict\":-1,\"seed\":-1}").chat();

		assertThat(request.maxCompletionTokens()).isNull();
		assertThat(request.sampling().seed()).isNull();
		assertThat(chat(",\"options\":{\"num_predict\":-2}").chat().maxCompletionTokens()).isNull();
	}

	@ParameterizedTest
	@CsvSource({"llama, llama", "llama:latest, llama", "odd:latest, odd:latest", "other:latest, other",
			"llama:7b, llama:7b"})
	void resolvesATagThatMeansNone(String given, String name) {
		assertThat(chat(CHAT.replace("\"llama\"", "\"" + given + "\""), "").chat().model()).isEqualTo(name);
	}

	@Test
	void readsAPromptAsAMessage() {
		var request = parser
				.generate(fields("{%s,\"system\":\"Be brief.\",\"images\":[],\"suffix\":\"\",\"context\":[]}"
						.formatted(PROMPT)));

		assertThat(request.chat().messages()).containsExactly(new Message(Role.SYSTEM, "Be brief."),
				new Message(Role.USER, "hi"));
	}

	@Test
	void givesEachAnswerOfAToolItsCall() {
		var messages = parser
				.chat(fields(
						"""
							{"model":"llama","messages":[{"role":"user","content":"hi"},
							{"role":"assistant","content":"","tool_calls":[{"function":{"name":"weather","arguments":{"city":"Rome"}}},{"function":{"name":"time"}}]},
							{"role":"tool","tool_name":"time","content":"now"},{"role":"tool","content":"sunny"},{"role":"tool","content":"?"}]}
							"""))
				.chat().messages();

		assertThat(messages.get(1).toolCalls()).containsExactly(
				new ToolCall("call_1_0", "weather", "{\"city\":\"Rome\"}"), new ToolCall("call_1_1", "time", "{}"));
		assertThat(messages.subList(2, 5)).extracting(Message::toolCallId).containsExactly("call_1_1", "call_1_0",
				null);
	}

	@Test
	void goesOnWithALastMessageOfTheAssistant() {
		var request = chat(CHAT.replace("}]", "},{\"role\":\"assistant\",\"content\":\"It is\"}]"), "");

		assertThat(request.chat().rendering().continuesLast()).isTrue();
	}

	@Test
	void readsToolsAndFormats() {
		var request = chat(
				",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"weather\",\"description\":\"Tells it.\",\"parameters\":{\"type\":\"object\"}}}]");

		assertThat(request.chat().tools()).isEqualTo(
				new ToolUse(
						List.of(new Tool("weather", "Tells it.", "{\"type\":\"object\"}", false,
								"tools[0].function.parameters")),
						new ToolChoice.Auto(),
						true));
		assertThat(chat(",\"format\":\"json\"").chat().constraint()).isEqualTo(new OutputConstraint.JsonObject());
		assertThat(chat(",\"format\":{\"type\":\"object\"}").chat().constraint())
				.isEqualTo(new OutputConstraint.JsonSchema("{\"type\":\"object\"}"));
		assertThat(chat(",\"format\":\"\",\"think\":false,\"keep_alive\":\"5m\"").chat().constraint()).isNull();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
		,"think":true                      | think
		,"think":"high"                    | think
		,"format":"xml"                    | format
		,"logprobs":true,"top_logprobs":21 | top_logprobs
		,"options":{"num_predict":0}       | options.num_predict
		,"options":{"mirostat":1}          | options.mirostat
		,"options":{"temperature":3}       | temperature
		,"tools":[{"function":{}}]         | tools[0].function.name
		,"tools":[{"type":"x"}]            | tools[0].type
		,"tools":[{"function":{"name":"f"}},{"function":{"name":"f"}}] | tools
		,"stream":"yes"                    | stream
		""")
	void refusesInAChatNamingTheField(String fields, String param) {
		assertThatExceptionOfType(InvalidParameter.class).isThrownBy(() -> chat(fields))
				.satisfies(failure -> assertThat(failure.parameter()).isEqualTo(param));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
		,"suffix":5        | suffix
		,"context":[1,2]   | context
		,"images":["aGk="] | images
		,"template":"x"    | template
		,"raw":"yes"       | raw
		""")
	void refusesInAPromptNamingTheField(String fields, String param) {
		assertThatExceptionOfType(InvalidParameter.class)
				.isThrownBy(() -> {
					var body = fields("{%s%s}".formatted(PROMPT, fields));
					assertThat(RequestParser.isText(body)).isFalse();
					parser.generate(body);
				})
				.satisfies(failure -> assertThat(failure.parameter()).isEqualTo(param));
	}

	@Test
	void readsATextAsItIs() {
		var request = text(
				",\"raw\":true,\"stream\":false,\"format\":\"json\",\"logprobs\":true,\"options\":{\"num_predict\":3,\"stop\":[\"x\"]}");

		assertThat(request.stream()).isFalse();
		assertThat(request.completion().prompts())
				.isEqualTo(new Prompts(List.of(new TextInput.Text("hi")), null, true, true));
		assertThat(request.completion().maxCompletionTokens()).isEqualTo(3);
		assertThat(request.completion().stopSequences()).containsExactly("x");
		assertThat(request.completion().logprobs()).isZero();
		assertThat(request.completion().constraint()).isEqualTo(new OutputConstraint.JsonObject());
		assertThat(text(",\"suffix\":\"end\"").completion().prompts())
				.isEqualTo(new Prompts(List.of(new TextInput.Text("hi")), "end", true, false));
		assertThat(text(",\"raw\":true,\"suffix\":\"\",\"system\":\"\"").completion().maxCompletionTokens())
				.isEqualTo(Integer.MAX_VALUE);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
		,"system":"x"      | system
		,"context":[1,2]   | context
		,"template":"x"    | template
		,"think":true      | think
		""")
	void refusesBesideATextNamingTheField(String fields, String param) {
		assertThatExceptionOfType(InvalidParameter.class).isThrownBy(() -> text(",\"raw\":true" + fields))
				.satisfies(failure -> assertThat(failure.parameter()).isEqualTo(param));
	}

	private TextRequest text(String fields) {
		var body = fields("{%s%s}".formatted(PROMPT, fields));
		assertThat(RequestParser.isText(body)).isTrue();
		return parser.text(body);
	}

	private ReplyRequest chat(String fields) {
		return chat(CHAT, fields);
	}

	private ReplyRequest chat(String chat, String fields) {
		return parser.chat(fields("{%s%s}".formatted(chat, fields)));
	}

	private static JsonFields fields(String json) {
		return JsonFields.ofBody(Json.read(json.getBytes(StandardCharsets.UTF_8)));
	}

	private static CatalogModel model(String name) {
		return new CatalogModel(new ModelSource(name, Path.of(name), 512, 4), "llama", new FakeTemplate());
	}

}
