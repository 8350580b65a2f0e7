package dev.corral.openai;

import java.time.Duration;

import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import dev.corral.inference.FakeEngine;
import dev.corral.openai.FakeEngineApplication.FakeEngineFactory;

/** Tests over a real socket against a server with a fake engine. */
@SpringBootTest(classes = FakeEngineApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
public abstract class HttpContract {

	static final String CHAT = "/v1/chat/completions";

	static final String HI = "{\"model\":\"llama\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

	static final String STREAM = HI.replace("}]}", "}],\"stream\":true}");

	@Autowired
	protected FakeEngine engine;

	@Autowired
	FakeEngineFactory factory;

	@LocalServerPort
	protected int port;

	protected WebTestClient client;

	@BeforeEach
	void connect() {
		factory.awaitModels();
		engine.answer(FakeEngine.reply(" Hello", " you"));
		client = WebTestClient.bindToServer().baseUrl("http://localhost:" + port)
				.responseTimeout(Duration.ofMinutes(1)).build();
	}

	WebTestClient.ResponseSpec post(String body) {
		return post(CHAT, body);
	}

	protected WebTestClient.ResponseSpec post(String path, String body) {
		return client.post().uri(path).contentType(MediaType.APPLICATION_JSON).bodyValue(body).exchange();
	}

}
