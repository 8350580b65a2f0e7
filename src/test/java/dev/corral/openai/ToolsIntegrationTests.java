package dev.corral.openai;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import dev.corral.RealApplication;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Tools over HTTP with the real model, which was never trained to call any: what it must do, it is made to. */
class ToolsIntegrationTests extends RealApplication {

	private static final long SEED = 20261123;

	private static final String WEATHER = """
		{"type": "function", "function": {"name": "get_weather", "description": "Tells the weather.", "parameters":
		{"type": "object", "properties": {"city": {"type": "string", "maxLength": 10}, "days": {"type": "integer",
		"minimum": 1, "maximum": 9}}, "required": ["city", "days"], "additionalProperties": false}}}""";

	private static final String TIME = "{\"type\": \"function\", \"function\": {\"name\": \"get_time\"}}";

	@Test
	void callsWithArgumentsThatRandomSchemasAccept() {
		var random = new SplittableRandom(SEED);
		var registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
		for (int i = 0; i < 12; i++) {
			var schema = schema(random, 2);
			var tool = "{\"type\": \"function\", \"function\": {\"name\": \"f\", \"parameters\": %s}}"
					.formatted(schema);

			var choice = post(body("[%s]".formatted(tool), "\"required\"",
					"\"parallel_tool_calls\": false, \"seed\": %d, \"temperature\": 1.5".formatted(i)), 200)
					.at("/choices/0");

			assertThat(choice.at("/finish_reason").stringValue()).as("%s, seed %d", schema, SEED)
					.isEqualTo("tool_calls");
			assertThat(choice.at("/message/content").isNull()).isTrue();
			assertThat(choice.at("/message/tool_calls").size()).isEqualTo(1);
			var arguments = choice.at("/message/tool_calls/0/function/arguments").stringValue();
			assertThat(registry.getSchema(schema.toString(), InputFormat.JSON).validate(arguments, InputFormat.JSON))
					.as("%s under %s", arguments, schema).isEmpty();
		}
	}

	@Test
	void callsTheToolThatIsNamed() {
		var named = "{\"type\": \"function\", \"function\": {\"name\": \"get_time\"}}";

		var calls = post(body("[%s, %s]".formatted(WEATHER, TIME), named, "\"n\": 2"), 200).at("/choices");

		assertThat(calls.size()).isEqualTo(2);
		for (var choice : calls) {
			assertThat(choice.at("/message/tool_calls").size()).isEqualTo(1);
			assertThat(choice.at("/message/tool_calls/0/id").stringValue()).matches("call_[0-9A-Za-z]{24}");
			assertThat(choice.at("/message/tool_calls/0/function/name").stringValue()).isEqualTo("get_time");
			assertThat(choice.at("/message/tool_calls/0/function/arguments").stringValue()).matches("\\{\\s*}");
		}
	}

	@Test
	void streamsTheCallsThatItGivesInOnePiece() {
		var tools = "[%s, %s]".formatted(WEATHER, TIME);
		var sampling = "\"seed\": 5, \"temperature\": 1.2, \"max_tokens\": 200";
		var whole = post(body(tools, "\"required\"", sampling), 200);

		var chunks = stream(body(tools, "\"required\"",
				sampling + ", \"stream\": true, \"stream_options\": {\"include_usage\": true}"));

		var streamed = new ArrayList<String>();
		for (var call : chunks.stream().flatMap(chunk -> chunk.at("/choices/0/delta/tool_calls").valueStream())
				.toList()) {
			if (call.has("id")) {
				assertThat(call.at("/type").stringValue()).isEqualTo("function");
				assertThat(call.at("/index").intValue()).isEqualTo(streamed.size());
				streamed.add(call.at("/function/name").stringValue() + " ");
			}
			streamed.set(call.at("/index").intValue(),
					streamed.get(call.at("/index").intValue()) + call.at("/function/arguments").stringValue());
		}
		assertThat(streamed).isNotEmpty().isEqualTo(whole.at("/choices/0/message/tool_calls").valueStream()
				.map(call -> call.at("/function/name").stringValue() + " "
						+ call.at("/function/arguments").stringValue())
				.toList());
		assertThat(chunks.getLast().at("/usage/completion_tokens")).isEqualTo(whole.at("/usage/completion_tokens"));
	}

	/** The model would say something else, but for the constraint. */
	@Test
	void callsOrAnswersInTheFormat() {
		var format = """
			"temperature": 1.5, "seed": 3, "n": 16, "response_format": {"type": "json_schema", "json_schema": {"schema": {"enum": ["x", 1]}}}""";

		var choices = post(body("[%s]".formatted(TIME), "\"auto\"", format), 200).path("choices");
		var called = post(body("[%s]".formatted(TIME), "\"required\"", format), 200).path("choices");

		assertThat(choices).hasSize(16).allSatisfy(choice -> {
			if (choice.path("finish_reason").stringValue().equals("stop")) {
				// White space around JSON is JSON, too.
				assertThat(choice.at("/message/content").stringValue().strip()).isIn("\"x\"", "1");
			} else {
				assertThat(choice.at("/message/tool_calls/0/function/name").stringValue()).isEqualTo("get_time");
			}
		});
		assertThat(choices.valueStream().map(choice -> choice.path("finish_reason").stringValue())).contains("stop");
		assertThat(called.valueStream().map(choice -> choice.path("finish_reason").stringValue()))
				.containsOnly("tool_calls");
	}

	@Test
	void callsOnlyWhatIsAllowed() {
		var allowed = "{\"type\": \"allowed_tools\", \"allowed_tools\": {\"mode\": \"required\", \"tools\": [%s]}}"
				.formatted(TIME);

		var choices = post(body("[%s, %s]".formatted(WEATHER, TIME), allowed, "\"n\": 4, \"temperature\": 1.5"), 200)
				.path("choices");

		assertThat(choices).hasSize(4).allSatisfy(
				choice -> assertThat(choice.at("/message/tool_calls/0/function/name").stringValue())
						.isEqualTo("get_time"));
	}

	@Test
	void tellsThatTheLimitCutACallOff() {
		var choice = post(body("[%s]".formatted(WEATHER), "\"required\"", "\"max_tokens\": 25"), 200).at("/choices/0");

		assertThat(choice.at("/finish_reason").stringValue()).isEqualTo("length");
		assertThat(choice.at("/message/content").stringValue("")).doesNotContain("tool_call");
	}

	@Test
	void callsAsBeforeWhenAClientHungUpInTheMiddleOfACall() throws IOException {
		var greedy = body("[%s]".formatted(WEATHER), "\"required\"", "\"temperature\": 0, \"max_tokens\": 200");
		var before = post(greedy, 200).at("/choices/0/message/tool_calls/0/function");

		try (var connection = RawClient.post(port, "/v1/chat/completions",
				greedy.replace("\"max_tokens\"", "\"stream\": true, \"max_tokens\""))) {
			connection.readUntil("\"function\":{\"arguments\":\"");
		}

		assertThat(before.path("name").stringValue()).isEqualTo("get_weather");
		assertThat(post(greedy, 200).at("/choices/0/message/tool_calls/0/function")).isEqualTo(before);
	}

	@Test
	void answersInWordsWhenItNeedNotCall() {
		var body = """
			{"model": "%s", "temperature": 0, "max_tokens": 60, "tools": [%s], "tool_choice": "none",
			"messages": [{"role": "user", "content": "What is the capital of France?"}]}""".formatted(MODEL, WEATHER);

		assertThat(post(body, 200).at("/choices/0/message/content").stringValue()).contains("Paris");
	}

	@Test
	void namesTheToolWhoseSchemaCannotBeHonoured() {
		var tool = "{\"type\": \"function\", \"function\": {\"name\": \"f\", \"parameters\": {\"properties\": {\"a\": {\"not\": {}}}}}}";

		var error = post(body("[%s, %s]".formatted(WEATHER, tool), "\"required\"", "\"n\": 1"), 400).at("/error");

		assertThat(error.at("/param").stringValue()).isEqualTo("tools[1].function.parameters");
		assertThat(error.at("/message").stringValue()).contains("#/properties/a/not");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
		/v1/messages  | "max_tokens":9,"tools":[{"name":"f","input_schema":S}],"tool_choice":{"type":"any"}            | 'tools[0].input_schema' is refused
		/v1/responses | "store":false,"input":"hi","tools":[{"type":"function","name":"f","parameters":S}],"tool_choice":"required" | 'tools[0].parameters' is refused
		/api/chat     | "tools":[{"function":{"name":"f","strict":true,"parameters":S}}]                               | 'tools[0].function.parameters' is refused
		""")
	void namesTheSchemaAsItsApiDoes(String path, String fields, String problem) {
		var body = "{\"model\":\"cria\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],%s}"
				.formatted(fields.replace("S", "{\"properties\":{\"a\":{\"not\":{}}}}"));

		client().post().uri(path).contentType(MediaType.APPLICATION_JSON).bodyValue(body).exchange().expectStatus()
				.isBadRequest().expectBody(String.class)
				.value(error -> assertThat(error).contains(problem, "#/properties/a/not"));
	}

	/** Objects of scalars, lists and objects. */
	private static ObjectNode schema(SplittableRandom random, int depth) {
		var schema = JsonNodeFactory.instance.objectNode().put("type", "object").put("additionalProperties", false);
		var properties = schema.putObject("properties");
		var required = schema.putArray("required");
		for (int i = 1 + random.nextInt(3); i > 0; i--) {
			properties.set("p" + i, switch (random.nextInt(depth > 0 ? 6 : 4)) {
				case 0 ->
					JsonNodeFactory.instance.objectNode().put("type", "string").put("maxLength", random.nextInt(9));
				case 1 -> JsonNodeFactory.instance.objectNode().put("type", "integer").put("minimum", -5).put("maximum",
						random.nextInt(99));
				case 2 -> JsonNodeFactory.instance.objectNode().put("type", "boolean");
				case 3 -> JsonNodeFactory.instance.objectNode()
						.set("enum", JsonNodeFactory.instance.arrayNode().add("</tool_call>").add(1).addNull());
				case 4 -> JsonNodeFactory.instance.objectNode().put("type", "array").put("maxItems", 3).set("items",
						schema(random, depth - 1));
				default -> schema(random, depth - 1);
			});
			if (random.nextBoolean()) {
				required.add("p" + i);
			}
		}
		return schema;
	}

	private static String body(String tools, String choice, String more) {
		return """
			{"model": "%s", "messages": [{"role": "user", "content": "What is the weather in Rome?"}], "tools": %s,
			"tool_choice": %s, %s}""".formatted(MODEL, tools, choice, more);
	}

	private JsonNode post(String body, int status) {
		return JsonMapper.shared().readTree(exchange(body).expectStatus().isEqualTo(status).expectBody(String.class)
				.returnResult().getResponseBody());
	}

	private List<JsonNode> stream(String body) {
		return exchange(body).expectStatus().isOk().returnResult(String.class).getResponseBody()
				.takeWhile(data -> !data.equals("[DONE]")).map(data -> (JsonNode) JsonMapper.shared().readTree(data))
				.collectList().blockOptional().orElseThrow();
	}

	private WebTestClient.ResponseSpec exchange(String body) {
		return client().post().uri("/v1/chat/completions")
				.contentType(MediaType.APPLICATION_JSON).bodyValue(body).exchange();
	}

}
