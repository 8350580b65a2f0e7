package dev.corral.ollama;

import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

import dev.corral.inference.FakeEngine;
import dev.corral.openai.HttpContract;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

class OllamaIntegrationTests extends HttpContract {

	private static final String CHAT = "{\"model\":\"llama:latest\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

	private static final String GENERATE = "{\"model\":\"llama\",\"prompt\":\"hi\",\"stream\":false}";

	@Test
	void streamsAChatInLines() {
		var body = post("/api/chat", CHAT).expectStatus().isOk().expectHeader()
				.valueEquals("Content-Type", "application/x-ndjson").expectBody(String.class).returnResult()
				.getResponseBody();

		assertThat(Objects.requireNonNull(body).lines()).hasSize(3)
				.allMatch(line -> line.startsWith("{\"model\":\"llama:latest\",\"created_at\":"));
		assertThat(body).contains("\"content\":\"Hello\"},\"done\":false}\n", "\"content\":\" you\"},\"done\":false}\n",
				"\"done\":true,\"done_reason\":\"stop\"").endsWith("}\n");
	}

	@Test
	void takesABodyForJsonWhateverItsType() {
		client.post().uri("/api/generate").contentType(MediaType.APPLICATION_FORM_URLENCODED).bodyValue(GENERATE)
				.exchange().expectStatus().isOk().expectBody().jsonPath("$.response").isEqualTo("Hello you")
				.jsonPath("$.eval_count").isEqualTo(3);
		assertThat(engine.prompt()).isEqualTo("USER:hi|ASSISTANT:");
	}

	@Test
	void goesOnWithARawPromptAsItIs() {
		post("/api/generate", GENERATE.replace("}", ",\"raw\":true}")).expectStatus().isOk().expectBody()
				.jsonPath("$.response").isEqualTo(" Hello you").jsonPath("$.done_reason").isEqualTo("stop");
		assertThat(engine.prompt()).isEqualTo("hi");

		var lines = post("/api/generate", "{\"model\":\"llama\",\"prompt\":\"hi\",\"raw\":true}").expectStatus().isOk()
				.expectBody(String.class).returnResult().getResponseBody();
		assertThat(Objects.requireNonNull(lines).lines()).hasSize(3);
	}

	@Test
	void saysThatAModelIsLoadedWhenNothingIsAsked() {
		post("/api/generate", "{\"model\":\"llama\",\"keep_alive\":0}").expectStatus().isOk().expectBody()
				.jsonPath("$.done_reason").isEqualTo("load").jsonPath("$.response").isEqualTo("");
		post("/api/chat", "{\"model\":\"llama\",\"messages\":[]}").expectBody().jsonPath("$.message.content")
				.isEqualTo("").jsonPath("$.done").isEqualTo(true);
		post("/api/generate", "{\"model\":\"alpaca\"}").expectStatus().isNotFound();
		assertThat(engine.requests()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
		/api/chat     | {"model":"alpaca","messages":[{"role":"user","content":"hi"}]} | 404
		/api/chat     | {"model":"slow","messages":[{"role":"user","content":"hi"}]}   | 503
		/api/generate | {"model":"llama","prompt":5}                                   | 400
		/api/generate | {                                                              | 400
		/api/show     | {"model":"alpaca"}                                             | 404
		/api/pull     | {"model":"alpaca"}                                             | 501
		/api/unknown  | {}                                                             | 404
		""")
	void writesErrorsAsOllamaDoes(String path, String body, int status) {
		post(path, body).expectStatus().isEqualTo(status).expectHeader().contentType(MediaType.APPLICATION_JSON)
				.expectBody().jsonPath("$.length()").isEqualTo(1).jsonPath("$.error").isNotEmpty();
	}

	@Test
	void refusesToDeleteModels() {
		client.method(HttpMethod.DELETE).uri("/api/delete").contentType(MediaType.APPLICATION_JSON)
				.bodyValue("{\"model\":\"llama\"}").exchange().expectStatus().isEqualTo(501);
	}

	@Test
	void cancelsTheGenerationWhenTheClientHangsUp() {
		engine.answer(Flux.concat(FakeEngine.begun(), Flux.just(FakeEngine.delta("Hi")), Flux.never()));

		var first = client.post().uri("/api/chat").contentType(MediaType.APPLICATION_JSON).bodyValue(CHAT).exchange()
				.returnResult(String.class).getResponseBody().blockFirst();

		assertThat(first).contains("\"content\":\"Hi\"");
		engine.awaitCancellation();
	}

	@Test
	void listsAndDescribesModels() {
		client.get().uri("/api/tags").exchange().expectStatus().isOk().expectBody().jsonPath("$.models.length()")
				.isEqualTo(3).jsonPath("$.models[0].name").isEqualTo("llama").jsonPath("$.models[0].details.family")
				.isEqualTo("llama").jsonPath("$.models[0].details.format").isEqualTo("gguf");
		client.get().uri("/api/ps").exchange().expectBody().jsonPath("$.models.length()").isEqualTo(1)
				.jsonPath("$.models[0].context_length").isEqualTo(512);
		post("/api/show", "{\"name\":\"llama:latest\"}").expectStatus().isOk().expectBody()
				.jsonPath("$.model_info['llama.context_length']").isEqualTo(512).jsonPath("$.template")
				.isEqualTo("fake").jsonPath("$.parameters").isEqualTo("stop \"|\"").jsonPath("$.capabilities[0]")
				.isEqualTo("completion");
		client.get().uri("/api/version").exchange().expectBody().jsonPath("$.version").isNotEmpty();
	}

}
