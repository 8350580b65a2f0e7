package dev.corral;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.awaitility.Awaitility.await;

/** Tests against the whole application with its default configuration, on a port of its own, once its models are ready. */
@SpringBootTest(classes = CorralApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
public abstract class RealApplication {

	/** The model that comes with Corral. */
	protected static final String MODEL = "cria";

	private static final Duration LONGEST_LOAD = Duration.ofMinutes(2);

	private static final Duration LONGEST_ANSWER = Duration.ofMinutes(2);

	@LocalServerPort
	protected int port;

	/** A client that waits for as long as a busy machine takes. */
	protected WebTestClient client() {
		return WebTestClient.bindToServer().baseUrl("http://localhost:" + port).responseTimeout(LONGEST_ANSWER).build();
	}

	@BeforeEach
	void awaitReadiness() {
		var readiness = HttpRequest
				.newBuilder(URI.create("http://localhost:%d/actuator/health/readiness".formatted(port)))
				.build();
		try (var client = HttpClient.newHttpClient()) {
			await().atMost(LONGEST_LOAD).until(() -> status(client, readiness) == 200);
		}
	}

	private static int status(HttpClient client, HttpRequest request) throws IOException, InterruptedException {
		return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
	}

}
