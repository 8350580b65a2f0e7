package dev.corral.telemetry;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.MediaType;
import org.springframework.test.context.TestPropertySource;

import dev.corral.RealApplication;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** What people say stays out of the log, whatever goes wrong and however much is logged; and the log can be JSON. */
@TestPropertySource(properties = {"logging.level.dev.corral=DEBUG", "corral.engine.threads=1",
		"corral.model-defaults.context-tokens=128",
		"corral.store.url=h2:mem:${random.uuid}"})
@ExtendWith(OutputCaptureExtension.class)
class LogContentIntegrationTests extends RealApplication {

	private static final String CANARY = "zebracanary";

	/** Bodies with the canary in place of %s, by path: good ones, and such that are refused for each kind of reason. */
	private static final Map<String, List<String>> BODIES = Map.of("/v1/chat/completions",
			List.of("""
				{"model":"cria","nonsense":"%s","messages":[{"role":"user","content":"%1$s"}],"max_tokens":8}""", """
				{"model":"cria","max_tokens":8,"messages":[{"role":"user","content":"%s"}]}""",
					"""
						{"model":"cria","max_tokens":8,"stream":true,"messages":[{"role":"user","content":"%s"}]}""",
					"""
						{"model":"nobody","messages":[{"role":"user","content":"%s"}]}""",
					"""
						{"model":"cria","temperature":"%s","messages":[{"role":"user","content":"%1$s"}]}""",
					"""
						{"model":"cria","messages":[{"role":"%s","content":"%1$s"}]}""", """
						{"model":"cria","messages":[{"role":"user","content":"%s"}""",
					"""
						{"model":"cria","messages":[{"role":"user","content":"@%s"}]}""",
					"""
						{"model":"cria","max_tokens":8,"response_format":{"type":"json_schema","json_schema":{"name":"a",\
						"schema":{"type":"%s"}}},"messages":[{"role":"user","content":"%1$s"}]}"""),
			"/v1/completions",
			List.of("{\"model\":\"cria\",\"max_tokens\":8,\"prompt\":\"%s\"}",
					"{\"model\":\"cria\",\"prompt\":{\"%s\":1}}"),
			"/v1/responses",
			List.of("{\"model\":\"cria\",\"max_output_tokens\":16,\"input\":\"%s\"}",
					"{\"model\":\"cria\",\"input\":[\"%s\"]}"),
			"/v1/embeddings", List.of("{\"model\":\"cria\",\"input\":\"%s\"}"),
			"/v1/messages", List.of("""
				{"model":"cria","max_tokens":8,"messages":[{"role":"user","content":"%s"}]}""", """
				{"model":"cria","max_tokens":"%s","messages":[{"role":"user","content":"%1$s"}]}"""),
			"/api/chat", List.of("""
				{"model":"cria","options":{"num_predict":8},"messages":[{"role":"user","content":"%s"}]}""", """
				{"model":"cria","messages":"%s"}"""),
			"/api/generate", List.of("{\"model\":\"cria\",\"options\":{\"num_predict\":8},\"prompt\":\"%s\"}"),
			"/tokenize", List.of("{\"model\":\"cria\",\"content\":\"%s\"}"), "/api/conversations",
			List.of("{\"model\":\"cria\",\"title\":\"%s\"}", "{\"model\":\"cria\",\"system\":[\"%s\"]}", "{%s"));

	@Test
	void saysNothingOfWhatPeopleSaid(CapturedOutput output) {
		BODIES.forEach((path, bodies) -> bodies.forEach(body -> post(path, body)));
		var conversation = post("/api/conversations", "{\"model\":\"cria\"}");
		var id = new JsonMapper().readTree(conversation).get("id").asString();
		post("/api/conversations/" + id + "/messages", "{\"content\":\"%s\",\"stream\":false}");
		post("/api/conversations/" + id + "/messages", "{\"content\":[\"%s\"]}");

		assertThat(output.toString()).contains("fields of a request to /v1/chat/completions are not known")
				.doesNotContain(CANARY);
	}

	private String post(String path, String body) {
		var text = body.formatted(CANARY).replace("@" + CANARY, (CANARY + " ").repeat(200));
		var answer = client().post().uri(path).contentType(MediaType.APPLICATION_JSON).bodyValue(text).exchange()
				.expectBody(String.class).returnResult().getResponseBody();
		return answer == null ? "" : answer;
	}

}
