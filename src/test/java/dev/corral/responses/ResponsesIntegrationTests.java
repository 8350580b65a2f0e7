package dev.corral.responses;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

import dev.corral.access.TestCallers;
import dev.corral.inference.FakeEngine;
import dev.corral.inference.FinishReason;
import dev.corral.inference.GenerationEvent;
import dev.corral.openai.HttpContract;
import dev.corral.openai.RawClient;
import dev.corral.openai.ResponseSchemas;
import dev.corral.web.ApiDescription;
import dev.corral.web.Json;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.JsonNode;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** OpenAI's stateful APIs over HTTP, on the real store. */
@Import(TestCallers.class)
class ResponsesIntegrationTests extends HttpContract {

	private static final String RESPONSES = "/v1/responses";

	private static final String CONVERSATIONS = "/v1/conversations";

	private static final String WEATHER = "{\"type\":\"function\",\"name\":\"get_weather\",\"parameters\":{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}}";

	@Autowired
	private ApiDescription description;

	@Autowired
	@Qualifier("requestMappingHandlerMapping")
	private RequestMappingHandlerMapping mappings;

	/** Somebody whom no other test knows. */
	private String owner = "";

	@BeforeEach
	void meetSomebody() {
		owner = UUID.randomUUID().toString();
	}

	@Test
	void tellsAResponseAgain() {
		var answered = ask(
				"\"input\":\"hi\",\"instructions\":\"Be brief.\",\"metadata\":{\"a\":\"b\"},\"temperature\":0.3");

		assertThat(engine.prompt()).contains("Be brief.").contains("hi");
		assertThat(answered.at("/status").stringValue()).isEqualTo("completed");
		assertThat(answered.at("/output/0/content/0/text").stringValue()).isEqualTo("Hello you");
		assertThat(answered.at("/usage/input_tokens").intValue()).isEqualTo(FakeEngine.USAGE.promptTokens());
		assertThat(answered.at("/temperature").doubleValue()).isEqualTo(0.3);
		assertConforms(answered, "Response");
		assertThat(get(RESPONSES + "/" + id(answered))).isEqualTo(answered);
	}

	@Test
	void streamsWhatItTellsAgain() {
		var events = stream(RESPONSES, "{\"model\":\"llama\",\"stream\":true,\"input\":\"hi\"}");

		assertThat(events).extracting(event -> event.path("type").stringValue()).startsWith("response.created",
				"response.in_progress", "response.output_item.added", "response.content_part.added",
				"response.output_text.delta").endsWith("response.output_text.done", "response.content_part.done",
						"response.output_item.done", "response.completed");
		events.forEach(event -> assertConforms(event, "ResponseEvent"));
		assertThat(text(events)).isEqualTo("Hello you");
		var whole = events.getLast().path("response");
		assertThat(get(RESPONSES + "/" + id(whole)).path("output")).isEqualTo(whole.path("output"));
		for (int after = -1; after <= events.getLast().path("sequence_number").intValue(); after++) {
			var rest = events(body(HttpMethod.GET, "%s/%s?stream=true&starting_after=%d"
					.formatted(RESPONSES, id(whole), after), null, 200));
			int from = after;
			assertThat(rest).allMatch(event -> event.path("sequence_number").intValue() > from);
			assertThat(text(rest)).isEqualTo("Hello you".substring(Math.clamp(after - 3, 0, 9)));
		}
	}

	@Test
	void goesOnWithEarlierResponsesAsATree() {
		var first = ask("\"input\":\"My name is Ada.\",\"instructions\":\"Be brief.\"");
		var second = follow(first, "\"input\":\"What is my name?\"");

		assertThat(engine.prompt()).contains("My name is Ada.", "Hello you", "What is my name?")
				.doesNotContain("Be brief.");
		follow(first, "\"input\":\"Something else.\"");
		assertThat(engine.prompt()).contains("My name is Ada.", "Something else.").doesNotContain("What is my name?");
		follow(second, "\"input\":\"And now?\"");
		assertThat(engine.prompt()).contains("What is my name?", "And now?").doesNotContain("Something else.");
		var items = get("%s/%s/input_items?order=asc".formatted(RESPONSES, id(second)));
		assertConforms(items, "ItemList");
		assertThat(items.path("data")).extracting(item -> item.at("/content/0/text").stringValue())
				.containsExactly("My name is Ada.", "Hello you", "What is my name?");
	}

	@Test
	void pagesThroughItems() {
		var first = ask("\"input\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"b\"},"
				+ "{\"type\":\"function_call\",\"call_id\":\"c\",\"name\":\"f\",\"arguments\":\"{}\"},"
				+ "{\"type\":\"function_call_output\",\"call_id\":\"c\",\"output\":\"d\"},{\"role\":\"user\",\"content\":\"e\"}]");
		var path = "%s/%s/input_items?limit=2&order=".formatted(RESPONSES, id(first));
		for (var order : List.of("asc", "desc")) {
			var seen = new ArrayList<String>();
			var page = get(path + order);
			page.path("data").forEach(item -> seen.add(item.path("id").stringValue()));
			while (page.path("has_more").booleanValue()) {
				page = get(path + order + "&after=" + page.path("last_id").stringValue());
				page.path("data").forEach(item -> seen.add(item.path("id").stringValue()));
			}
			assertThat(seen).hasSize(5).doesNotHaveDuplicates();
			assertThat(seen.stream().map(item -> item.split("_")[0]).toList()).isEqualTo(order.equals("asc")
					? List.of("msg", "msg", "fc", "fco", "msg")
					: List.of("msg", "fco", "fc", "msg", "msg"));
		}
	}

	@Test
	void keepsResponsesInTheConversationAskedFor() {
		var conversation = post(CONVERSATIONS,
				"{\"metadata\":{\"a\":\"b\"},\"items\":[{\"role\":\"user\",\"content\":\"I am Ada.\"}]}", 200);
		assertConforms(conversation, "ItemConversation");
		var path = CONVERSATIONS + "/" + id(conversation);
		var unanswered = ask("\"conversation\":\"%s\"".formatted(id(conversation)));
		assertThat(engine.prompt()).contains("I am Ada.");
		post(path + "/items", "{\"items\":[{\"role\":\"assistant\",\"content\":\"Aside.\"}]}", 200);
		ask("\"conversation\":{\"id\":\"%s\"},\"input\":\"Who am I?\"".formatted(id(conversation)));

		var items = get(path + "/items?order=asc");
		assertConforms(items, "ItemList");
		assertThat(items.path("data")).extracting(item -> item.at("/content/0/text").stringValue())
				.containsExactly("I am Ada.", "Hello you", "Aside.", "Who am I?", "Hello you");
		var item = items.path("data").get(1);
		assertThat(get(path + "/items/" + id(item))).isEqualTo(item);
		assertThat(error(HttpMethod.DELETE, path + "/items/" + id(item), null, 409)).isEqualTo("not_possible");
		assertThat(post(path, "{\"metadata\":{\"c\":\"d\"}}", 200).path("metadata"))
				.isEqualTo(json("{\"c\":\"d\"}"));
		send(HttpMethod.DELETE, RESPONSES + "/" + id(unanswered), null, 200);
		assertThat(get(path + "/items").path("data")).hasSize(5);
		assertConforms(send(HttpMethod.DELETE, path, null, 200), "Deleted");
		assertThat(error(HttpMethod.GET, path, null, 404)).isEqualTo("not_found");
	}

	@ParameterizedTest
	@ValueSource(booleans = {true, false})
	void callsToolsAndAnswersFromWhatTheyGave(boolean stored) {
		engine.answer(_ -> engine.prompt().contains("TOOL:")
				? FakeEngine.reply(" It is", " blue.")
				: FakeEngine.reply(" <tool_call>{\"name\": \"get_weather\", ",
						"\"arguments\": {\"city\": \"Paris\"}}</tool_call>"));
		var asked = "\"input\":\"Weather?\",\"tools\":[%s],\"tool_choice\":\"required\"".formatted(WEATHER);
		var called = ask(asked);
		var call = called.at("/output/0");
		assertConforms(called, "Response");
		assertThat(call.path("name").stringValue()).isEqualTo("get_weather");
		assertThat(json(call.path("arguments").stringValue())).isEqualTo(json("{\"city\":\"Paris\"}"));

		var answered = follow(called,
				"\"store\":%s,\"tools\":[%s],\"input\":[{\"type\":\"function_call_output\",\"call_id\":%s,\"output\":\"blue\"}]"
						.formatted(stored, WEATHER, call.path("call_id")));

		assertThat(answered.at("/output/0/content/0/text").stringValue()).isEqualTo("It is blue.");
		var wrong = "{\"model\":\"llama\",\"previous_response_id\":\"%s\",\"input\":[{\"type\":\"function_call_output\",\"call_id\":\"none\",\"output\":\"\"}]}";
		assertThat(send(HttpMethod.POST, RESPONSES, wrong.formatted(id(called)), 400).at("/error/param").stringValue())
				.isEqualTo("input[0].call_id");
	}

	@Test
	void writesInTheBackgroundUntilItIsCancelled() {
		var generation = generation();
		var begun = ask("\"input\":\"hi\",\"background\":true");
		assertThat(begun.path("status").stringValue()).isIn("queued", "in_progress");
		assertConforms(begun, "Response");
		generation.tryEmitNext(FakeEngine.delta(" Hel")).orThrow();
		var path = RESPONSES + "/" + id(begun);
		var follower = client.get().uri(path + "?stream=true").header(TestCallers.CALLER, owner).exchange()
				.returnResult(String.class).getResponseBody();
		follower.filter(data -> data.contains("output_text.delta")).next().block();

		var cancelled = send(HttpMethod.POST, path + "/cancel", null, 200);

		assertThat(cancelled.path("status").stringValue()).isEqualTo("cancelled");
		assertThat(cancelled.at("/output/0/content/0/text").stringValue()).isEqualTo("Hel");
		assertThat(cancelled.at("/output/0/status").stringValue()).isEqualTo("incomplete");
		assertConforms(cancelled, "Response");
		assertThat(send(HttpMethod.POST, path + "/cancel", null, 200)).isEqualTo(cancelled);
		engine.awaitCancellation();
	}

	@Test
	void goesOnWithoutAReaderUnlessNothingIsStored() throws IOException {
		var generation = generation();
		String head;
		try (var reader = RawClient.post(port, RESPONSES, "{\"model\":\"llama\",\"stream\":true,\"input\":\"hi\"}")) {
			head = reader.readUntil("response.in_progress");
		}
		generation.tryEmitNext(FakeEngine.delta(" whole")).orThrow();
		generation.tryEmitNext(FakeEngine.finished(FinishReason.STOP)).orThrow();
		generation.tryEmitComplete().orThrow();
		owner = TestCallers.SOMEBODY;

		var path = RESPONSES + "/" + head.replaceAll("(?s).*\"id\":\"(resp_[0-9a-f]{32})\".*", "$1");
		body(HttpMethod.GET, path + "?stream=true", null, 200);
		assertThat(get(path).at("/output/0/content/0/text").stringValue()).isEqualTo("whole");
		generation();
		try (var reader = RawClient.post(port, RESPONSES,
				"{\"model\":\"llama\",\"stream\":true,\"store\":false,\"input\":\"hi\"}")) {
			reader.readUntil("response.in_progress");
		}
		engine.awaitCancellation();
	}

	@Test
	void leavesNothingStoredWhereThatIsWanted() {
		var answered = ask("\"input\":\"hi\",\"store\":false");
		var events = stream(RESPONSES, "{\"model\":\"llama\",\"stream\":true,\"store\":false,\"input\":\"hi\"}");

		assertConforms(answered, "Response");
		assertThat(answered.at("/output/0/content/0/text").stringValue()).isEqualTo("Hello you");
		events.forEach(event -> assertConforms(event, "ResponseEvent"));
		assertThat(text(events)).isEqualTo("Hello you");
		assertThat(error(HttpMethod.GET, RESPONSES + "/" + id(answered), null, 404)).isEqualTo("not_found");
		assertThat(error(HttpMethod.POST, RESPONSES,
				"{\"input\":\"hi\",\"previous_response_id\":\"%s\"}".formatted(id(answered)), 404))
				.isEqualTo("not_found");
	}

	@Test
	void tellsWhereTheLimitCutAReplyOff() {
		engine.answer(Flux.concat(FakeEngine.begun(),
				Flux.just(FakeEngine.delta(" Hel"), FakeEngine.finished(FinishReason.LENGTH))));

		var cut = ask("\"input\":\"hi\",\"max_output_tokens\":1");

		assertThat(cut.path("status").stringValue()).isEqualTo("incomplete");
		assertThat(cut.at("/incomplete_details/reason").stringValue()).isEqualTo("max_output_tokens");
		assertThat(cut.at("/output/0/status").stringValue()).isEqualTo("incomplete");
		assertConforms(cut, "Response");
	}

	@Test
	void countsTheTokensOfARequest() {
		var counted = post(RESPONSES + "/input_tokens", "{\"model\":\"llama\",\"input\":\"hi\"}", 200);

		assertConforms(counted, "InputTokens");
		assertThat(counted.path("input_tokens").intValue()).isPositive();
	}

	@Test
	void forgetsResponsesAndWithTheLastOfThemTheirConversation() {
		var first = ask("\"input\":\"hi\"");
		var second = follow(first, "\"input\":\"again\"");
		var item = get("%s/%s/input_items".formatted(RESPONSES, id(second))).at("/data/0/id").stringValue();

		assertConforms(send(HttpMethod.DELETE, RESPONSES + "/" + id(first), null, 200), "Deleted");
		assertThat(error(HttpMethod.GET, RESPONSES + "/" + id(first), null, 404)).isEqualTo("not_found");
		assertThat(error(HttpMethod.DELETE, RESPONSES + "/" + id(first), null, 404)).isEqualTo("not_found");
		follow(second, "\"store\":false,\"input\":\"more\"");
		assertThat(engine.prompt()).contains("hi", "again", "more");
		var reference = "\"store\":false,\"input\":[{\"type\":\"item_reference\",\"id\":\"%s\"}]".formatted(item);
		ask(reference);
		assertThat(engine.prompt()).contains("again").doesNotContain("more");

		send(HttpMethod.DELETE, RESPONSES + "/" + id(second), null, 200);

		assertThat(error(HttpMethod.POST, RESPONSES, "{\"model\":\"llama\",%s}".formatted(reference), 404))
				.isEqualTo("not_found");
	}

	@Test
	void leavesNoConversationBehindWhatCouldNotBeSent() {
		assertThat(error(HttpMethod.POST, RESPONSES, "{\"model\":\"none\",\"input\":\"hi\"}", 404))
				.isEqualTo("model_not_found");
		assertThat(error(HttpMethod.POST, RESPONSES,
				"{\"model\":\"llama\",\"truncation\":\"disabled\",\"input\":\"%s\"}".formatted("x".repeat(600)), 400))
				.isEqualTo("context_length_exceeded");
	}

	@Test
	void keepsChatCompletionsThatAreToBeStored() {
		var asked = "{\"model\":\"llama\",\"store\":true,\"metadata\":{\"a\":\"b\"},%s\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},{\"role\":\"user\",\"content\":\"hi\"}]}";
		var whole = post("/v1/chat/completions", asked.formatted(""), 200);
		var chunks = body(HttpMethod.POST, "/v1/chat/completions", asked.formatted("\"stream\":true,"), 200);
		post("/v1/chat/completions", asked.formatted("").replace("true", "false"), 200);

		var list = get("/v1/chat/completions");
		assertConforms(list, "ChatCompletionList");
		assertThat(list.path("data")).extracting(kept -> kept.at("/choices/0/message/content").stringValue())
				.containsExactly("Hello you", "Hello you");
		var path = "/v1/chat/completions/" + id(whole);
		assertThat(get(path).path("choices")).isEqualTo(whole.path("choices"));
		assertThat(chunks).contains(list.at("/data/1/id").stringValue()).endsWith("data: [DONE]\n\n");
		assertThat(get("/v1/chat/completions?order=desc&limit=1").at("/data/0/id"))
				.isEqualTo(list.at("/data/1/id"));
		assertThat(get("/v1/chat/completions?after=" + id(whole)).path("data")).hasSize(1);
		var messages = get(path + "/messages");
		assertConforms(messages, "ChatCompletionMessageList");
		assertThat(messages.path("data")).extracting(message -> message.path("content").stringValue())
				.containsExactly("Be brief.", "hi");
		assertThat(post(path, "{\"metadata\":{\"c\":\"d\"}}", 200)).isEqualTo(get(path));
		assertThat(get(path).path("metadata")).isEqualTo(json("{\"c\":\"d\"}"));
		assertConforms(send(HttpMethod.DELETE, path, null, 200), "Deleted");
		assertThat(error(HttpMethod.GET, path, null, 404)).isEqualTo("not_found");
	}

	@Test
	void listsChatCompletionsByWhatTheyWereStoredWith() {
		var asked = "{\"model\":\"llama\",\"store\":true,\"metadata\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
		var ids = Stream
				.of("{\"list\":\"one\",\"n\":\"1\"}", "{\"list\":\"two\",\"n\":\"1\"}",
						"{\"list\":\"one\",\"n\":\"a b\"}",
						"{\"list\":\"one\",\"model\":\"x\",\"n\":\"\"}")
				.map(metadata -> id(post("/v1/chat/completions", asked.formatted(metadata), 200)))
				.toList();

		assertThat(listed("metadata[list]=one")).containsExactly(ids.get(0), ids.get(2), ids.get(3));
		assertThat(listed("metadata[list]=one&order=desc&limit=2")).containsExactly(ids.get(3), ids.get(2));
		assertThat(listed("metadata[list]=one&limit=1&after=" + ids.get(0))).containsExactly(ids.get(2));
		assertThat(listed("metadata[list]=one&metadata[n]=1&model=llama")).containsExactly(ids.get(0));
		assertThat(listed("metadata[list]=one&metadata[n]=a b")).containsExactly(ids.get(2));
		assertThat(listed("metadata[list]=one&metadata[n]=")).containsExactly(ids.get(3));
		assertThat(listed("metadata[list]=one&model=x")).isEmpty();
		assertThat(get("/v1/chat/completions?metadata[list]=one&limit=2").path("has_more").booleanValue()).isTrue();
		assertThat(get("/v1/chat/completions?metadata[list]=one&limit=3").path("has_more").booleanValue()).isFalse();
		for (var malformed : List.of("metadata=a", "metadata[]=a", "metadata[a=b",
				"metadata[%s]=b".formatted("x".repeat(65)))) {
			send(HttpMethod.GET, "/v1/chat/completions?" + malformed, null, 400);
		}
	}

	private List<String> listed(String query) {
		return get("/v1/chat/completions?" + query).path("data").valueStream().map(ResponsesIntegrationTests::id)
				.toList();
	}

	/** All routes below {@code /v1}, so that a new one is included. */
	@Test
	void letsNobodyAtWhatIsAnothers() {
		var response = ask("\"input\":\"hi\"");
		var conversation = post(CONVERSATIONS, "{\"items\":[{\"role\":\"user\",\"content\":\"a\"}]}", 200);
		var item = get(CONVERSATIONS + "/" + id(conversation) + "/items").at("/data/0/id").stringValue();
		var completion = post("/v1/chat/completions",
				"{\"model\":\"llama\",\"store\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}", 200);
		var bodies = "{\"metadata\":{},\"items\":[{\"role\":\"user\",\"content\":\"b\"}]}";
		var mine = owner;
		owner = "somebody-else";
		var tried = new TreeSet<String>();

		mappings.getHandlerMethods().keySet().forEach(mapping -> mapping.getPatternsCondition().getPatterns()
				.stream().map(Object::toString).filter(path -> path.startsWith("/v1/") && path.contains("{id}"))
				.forEach(path -> {
					var id = path.startsWith(RESPONSES)
							? id(response)
							: path.startsWith(CONVERSATIONS) ? id(conversation) : id(completion);
					for (var method : mapping.getMethodsCondition().getMethods()) {
						var http = method.asHttpMethod();
						assertThat(error(http, path.replace("{id}", id).replace("{item}", item),
								http == HttpMethod.POST ? bodies : null, 404)).as("%s %s", http, path)
								.isEqualTo("not_found");
						tried.add(http + " " + path);
					}
				}));
		for (var body : List.of("\"previous_response_id\":\"%s\"".formatted(id(response)),
				"\"conversation\":\"%s\"".formatted(id(conversation)),
				"\"store\":false,\"previous_response_id\":\"%s\"".formatted(id(response)))) {
			assertThat(error(HttpMethod.POST, RESPONSES, "{\"input\":\"x\",%s}".formatted(body), 404))
					.isEqualTo("not_found");
		}
		assertThat(error(HttpMethod.POST, RESPONSES,
				"{\"model\":\"llama\",\"input\":[{\"type\":\"item_reference\",\"id\":\"%s\"}]}".formatted(item), 404))
				.isEqualTo("not_found");
		assertThat(get("/v1/chat/completions").path("data")).isEmpty();

		assertThat(tried).hasSizeGreaterThanOrEqualTo(13);
		owner = mine;
		assertThat(get(RESPONSES + "/" + id(response))).isEqualTo(response);
		assertThat(get(CONVERSATIONS + "/" + id(conversation) + "/items").path("data")).hasSize(1);
		get("/v1/chat/completions/" + id(completion));
	}

	/** A generation that the test goes on with. */
	private Sinks.Many<GenerationEvent> generation() {
		var generation = Sinks.many().unicast().<GenerationEvent>onBackpressureBuffer();
		engine.answer(FakeEngine.begun().concatWith(generation.asFlux()));
		return generation;
	}

	private JsonNode ask(String fields) {
		return post(RESPONSES, "{\"model\":\"llama\",%s}".formatted(fields), 200);
	}

	private JsonNode follow(JsonNode response, String fields) {
		return post(RESPONSES, "{\"previous_response_id\":\"%s\",%s}".formatted(id(response), fields), 200);
	}

	private JsonNode post(String path, @Nullable String body, int status) {
		return send(HttpMethod.POST, path, body, status);
	}

	private JsonNode get(String path) {
		return send(HttpMethod.GET, path, null, 200);
	}

	private List<JsonNode> stream(String path, String body) {
		return events(body(HttpMethod.POST, path, body, 200));
	}

	/** Whose names are their types. */
	private static List<JsonNode> events(String stream) {
		return Arrays.stream(stream.split("\n\n")).filter(frame -> !frame.isEmpty() && !frame.startsWith(":"))
				.map(frame -> {
					var lines = frame.split("\n");
					var event = json(lines[1].substring("data: ".length()));
					assertThat(lines).hasSize(2);
					assertThat(lines[0]).isEqualTo("event: " + event.path("type").stringValue());
					return event;
				}).toList();
	}

	private static String text(List<JsonNode> events) {
		var text = new StringBuilder();
		events.stream().filter(event -> event.path("type").stringValue("").equals("response.output_text.delta"))
				.forEach(event -> text.append(event.path("delta").stringValue()));
		return text.toString();
	}

	private String error(HttpMethod method, String path, @Nullable String body, int status) {
		var error = send(method, path, body, status);
		assertConforms(error, "ErrorResponse");
		return error.at("/error/code").stringValue("");
	}

	private JsonNode send(HttpMethod method, String path, @Nullable String body, int status) {
		return json(body(method, path, body, status));
	}

	private String body(HttpMethod method, String path, @Nullable String body, int status) {
		var request = client.method(method).uri(path).header(TestCallers.CALLER, owner);
		var response = (body == null ? request : request.contentType(MediaType.APPLICATION_JSON).bodyValue(body))
				.exchange().expectBody(byte[].class).returnResult();
		var text = response.getResponseBody() == null
				? ""
				: new String(response.getResponseBody(), StandardCharsets.UTF_8);
		assertThat(response.getStatus().value()).as("%s %s: %s", method, path, text).isEqualTo(status);
		return text;
	}

	private void assertConforms(JsonNode json, String schema) {
		new ResponseSchemas(description.document()).assertConforms(json.toString(), schema);
	}

	private static JsonNode json(String text) {
		return Json.read(text.getBytes(StandardCharsets.UTF_8));
	}

	private static String id(JsonNode thing) {
		return requireNonNull(thing.path("id").stringValue());
	}

}
