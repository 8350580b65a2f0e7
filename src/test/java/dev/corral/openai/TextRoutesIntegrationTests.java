package dev.corral.openai;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TextRoutesIntegrationTests extends HttpContract {

	private static final String MESSAGES = "{\"model\":\"llama\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
		/tokenize   | {"model":"llama","content":"ab"}                                       | {"tokens":[97,98]}
		/tokenize   | {"model":"llama","content":"ab","add_special":true}                    | {"tokens":[1,97,98]}
		/tokenize   | {"model":"llama","content":"aü","with_pieces":true,"add_special":true} | {"tokens":[{"id":1,"piece":"<s>"},{"id":97,"piece":"a"},{"id":252,"piece":[252]}]}
		/tokenize   | {"model":"llama","content":""}                                         | {"tokens":[]}
		/tokenize   | {"model":"llama","prompt":"ab"}                                        | {"count":3,"max_model_len":512,"tokens":[1,97,98],"token_strs":null}
		/tokenize   | {"model":"llama","prompt":"ab","add_special_tokens":false,"return_token_strs":true} | {"count":2,"max_model_len":512,"tokens":[97,98],"token_strs":["a","b"]}
		/detokenize | {"model":"llama","tokens":[1,97,98]}                                   | {"content":"<s>ab","prompt":"<s>ab"}
		/detokenize | {"model":"llama","tokens":[]}                                          | {"content":"","prompt":""}
		/apply-template | {"model":"llama","messages":[{"role":"user","content":"hi"}]}      | `{"prompt":"USER:hi|ASSISTANT:"}`
		/v1/chat/completions/input_tokens | {"model":"llama","messages":[{"role":"user","content":"hi"}]} | {"object":"response.input_tokens","input_tokens":19}
		""")
	void answersInTheShapeOfTheServerThatTheRequestIsOf(String path, String body, String answer) {
		post(path, body).expectStatus().isOk().expectBody(String.class).isEqualTo(answer);
		assertThat(engine.requests()).isEmpty();
	}

	@Test
	void tokenizesAConversation() {
		post("/tokenize", MESSAGES).expectStatus().isOk().expectBody().jsonPath("$.count").isEqualTo(19)
				.jsonPath("$.tokens[0]").isEqualTo(1).jsonPath("$.max_model_len").isEqualTo(512);
		post("/tokenize",
				MESSAGES.replace("]}",
						",{\"role\":\"assistant\",\"content\":\"Oh\"}],\"continue_final_message\":true}"))
				.expectBody().jsonPath("$.count").isEqualTo(21);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
		/tokenize       | {"content":"ab"}                                | 400 | model
		/tokenize       | {"model":"llama"}                               | 400 | messages
		/tokenize       | {"model":"llama","content":5}                   | 400 | content
		/tokenize       | {"model":"llama","content":["a","b"]}           | 400 | content
		/v1/completions | {"model":"llama","prompt":[97,"b"]}             | 400 | prompt[1]
		/v1/embeddings  | {"model":"llama","input":[97,"b"]}              | 400 | input[1]
		/v1/embeddings  | {"model":"llama","content":"b"}                 | 400 | input
		/tokenize       | {"model":"alpaca","content":"ab"}               | 404 | model
		/detokenize     | {"model":"llama"}                               | 400 | tokens
		/detokenize     | {"model":"llama","tokens":["a"]}                | 400 | tokens[0]
		/detokenize     | {"model":"llama","tokens":[97,-1]}              | 400 | tokens
		/detokenize     | {"model":"llama","tokens":[1114112]}            | 400 | tokens
		/apply-template | {"messages":[{"role":"user","content":"hi"}]}   | 400 | model
		/apply-template | []                                              | 400 | -
		""")
	void refusesNamingTheField(String path, String body, int status, String param) {
		var error = post(path, body).expectStatus().isEqualTo(status).expectBody();

		error.jsonPath("$.error.type").isEqualTo("invalid_request_error").jsonPath("$.error.param").isEqualTo(param);
	}

	@Test
	void refusesABodyOverTheLimit() {
		post("/tokenize", "{\"content\":\"%s\"}".formatted("x".repeat(1024 * 1024))).expectStatus().isEqualTo(413);
	}

	@Test
	void tellsTokenIdsWhenAskedTo() {
		var ids = List.of(1, 85, 83, 69, 82, 58, 104, 105, 124, 65, 83, 83, 73, 83, 84, 65, 78, 84, 58);

		post(MESSAGES.replace("]}", "],\"return_token_ids\":true}")).expectStatus().isOk().expectBody()
				.jsonPath("$.prompt_token_ids").isEqualTo(ids).jsonPath("$.choices[0].token_ids")
				.isEqualTo(List.of(" Hello".hashCode(), " you".hashCode()));
		var stream = post(MESSAGES.replace("]}", "],\"stream\":true,\"return_token_ids\":true}"))
				.expectBody(String.class).returnResult().getResponseBody();
		assertThat(stream).containsOnlyOnce("\"prompt_token_ids\":[1,85")
				.contains("\"token_ids\":[%d]".formatted(" you".hashCode()));
	}

	@Test
	void goesOnWithTheLastMessageWhenAskedTo() {
		post(MESSAGES.replace("]}",
				",{\"role\":\"assistant\",\"content\":\"Well\"}],\"continue_final_message\":true,\"add_generation_prompt\":false}"))
				.expectStatus().isOk();

		assertThat(engine.prompt()).isEqualTo("USER:hi|ASSISTANT:Well");
	}

}
