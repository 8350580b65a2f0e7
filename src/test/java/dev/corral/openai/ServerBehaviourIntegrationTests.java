package dev.corral.openai;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.corral.RealApplication;
import dev.corral.web.Json;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** What users of other servers of open models rely on, on the real model. */
class ServerBehaviourIntegrationTests extends RealApplication {

	private static final String ASK = "\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},{\"role\":\"user\",\"content\":\"%s\"}]}";

	private static final String GREEDY = "{\"model\":\"cria\",\"temperature\":0,";

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
		"response_format":{"type":"json_object","schema":{"const":"42"}},                  | "42"
		"response_format":{"type":"json_schema","json_schema":{"schema":{"const":"foo"}}}, | "foo"
		"json_schema":{"enum":["42"]},                                                     | "42"
		"grammar":"root ::= \\"a\\"{5,5}",                                                 | aaaaa
		"guided_choice":["only this"],                                                     | only this
		""")
	void answersNothingButWhatIsAllowed(String fields, String content) throws IOException {
		assertThat(content(ask(fields + ASK.formatted("Write an example.")))).isEqualTo(content);
	}

	@ParameterizedTest
	@ValueSource(strings = {"\"response_format\":{\"type\":\"sound\"},",
			"\"response_format\":{\"type\":\"json_object\",\"schema\":123},",
			"\"response_format\":{\"type\":\"json_object\",\"schema\":{\"type\":\"hiccup\"}},",
			"\"grammar\":\"root ::= this is (not valid GBNF\",",
			"\"continue_final_message\":true,\"add_generation_prompt\":true,",
			"\"add_generation_prompt\":false,"})
	void refusesWhatItCannotHonour(String fields) throws IOException {
		assertThat(post(GREEDY + fields + ASK.formatted("hi")).status()).isEqualTo(400);
	}

	@ParameterizedTest
	@ValueSource(strings = {"null", "\"string\"", "[123]", "[{}]", "[{\"role\":123}]",
			"[{\"role\":\"system\",\"content\":123}]",
			"[{\"content\":\"hello\"}]", "[{\"role\":\"system\",\"content\":\"test\"},{}]"})
	void refusesMalformedMessagesNamingThem(String messages) throws IOException {
		var refused = post(GREEDY + "\"messages\":" + messages + "}");

		assertThat(refused.status()).isEqualTo(400);
		assertThat(refused.json().at("/error/param").stringValue("")).startsWith("messages");
	}

	@Test
	void tellsTokensThatJoinToTheContent() throws IOException {
		var fields = "\"logprobs\":true,\"top_logprobs\":5,\"max_tokens\":12,\"stream\":%s,"
				+ ASK.formatted("Count up to 9.");

		var whole = ask(fields.formatted(false));
		var chunks = chunks(fields.formatted(true));

		assertThat(tokens(whole.at("/choices/0/logprobs/content")).strip()).isEqualTo(content(whole));
		assertThat(chunks.map(chunk -> tokens(chunk.at("/choices/0/logprobs/content"))).collect(Collectors.joining()))
				.isEqualTo(tokens(whole.at("/choices/0/logprobs/content")));
	}

	@Test
	void choosesOnlyATokenThatABiasPutsAboveAllOthers() throws IOException {
		var fields = "\"max_tokens\":8,\"logprobs\":true," + ASK.formatted("What is 3 + 4?");

		var free = ask(fields).at("/choices/0/logprobs/content");
		var biased = ask("\"logit_bias\":{\"300\":100}," + fields).at("/choices/0/logprobs/content");

		assertThat(distinct(free)).isGreaterThan(1);
		assertThat(distinct(biased)).isEqualTo(1);
		assertThat(biased).hasSize(8);
	}

	@Test
	void findsMoreOfAPromptCachedTheSecondTime() throws IOException {
		var fields = "\"max_tokens\":1," + ASK.formatted("A question that nothing here has asked before.");

		int first = ask(fields).at("/usage/prompt_tokens_details/cached_tokens").intValue();
		var second = ask(fields).path("usage");

		assertThat(second.at("/prompt_tokens_details/cached_tokens").intValue()).isGreaterThan(first)
				.isEqualTo(second.path("prompt_tokens").intValue() - 1);
	}

	@ParameterizedTest
	@ValueSource(booleans = {true, false})
	void refusesAPromptBeyondTheContextBeforeAnyStream(boolean stream) throws IOException {
		var refused = post(GREEDY + "\"stream\":%s,".formatted(stream) + ASK.formatted("word ".repeat(4000)));

		assertThat(refused.status()).isEqualTo(400);
		assertThat(refused.json().at("/error/code").stringValue()).isEqualTo("context_length_exceeded");
		assertThat(refused.json().at("/error/message").stringValue()).contains("2048 tokens");
	}

	@Test
	void repeatsAReplyWithItsSeed() throws IOException {
		var fields = "{\"model\":\"cria\",\"temperature\":1.2,\"seed\":42,\"max_tokens\":20,"
				+ ASK.formatted("Tell me a story.");

		assertThat(content(post(fields).json())).isEqualTo(content(post(fields).json()));
	}

	private JsonNode ask(String fields) throws IOException {
		var answer = post(GREEDY + fields);
		assertThat(answer.status()).as(answer.body()).isEqualTo(200);
		return answer.json();
	}

	private Stream<JsonNode> chunks(String fields) throws IOException {
		return post(GREEDY + fields).body().lines().filter(line -> line.startsWith("data: {"))
				.map(line -> Json.read(line.substring(6).getBytes(StandardCharsets.UTF_8)));
	}

	private static String content(JsonNode reply) {
		return reply.at("/choices/0/message/content").stringValue();
	}

	private static long distinct(JsonNode content) {
		return StreamSupport.stream(content.spliterator(), false).map(token -> token.path("bytes")).distinct().count();
	}

	private static String tokens(JsonNode content) {
		return StreamSupport.stream(content.spliterator(), false).map(token -> token.path("token").stringValue())
				.collect(Collectors.joining());
	}

	private RawClient.Response post(String body) throws IOException {
		try (var connection = RawClient.post(port, HttpContract.CHAT, body)) {
			return connection.readResponse();
		}
	}

}
