package dev.corral.openai;

import java.io.IOException;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

import dev.corral.inference.FakeEngine;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

@TestPropertySource(properties = {"corral.api.body-timeout=200ms", "corral.api.head-timeout=100ms"})
class SlowUploadIntegrationTests extends HttpContract {

	@Test
	void refusesABodyThatDoesNotArriveInTimeAndHangsUp() throws IOException {
		try (var connection = RawClient.open(port)) {
			connection.send(
					"POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"model\"");

			var response = connection.readResponse();

			assertThat(response.status()).isEqualTo(408);
			assertThat(response.headers()).containsKey("x-request-id");
			assertThat(response.json().at("/error/message").stringValue())
					.isEqualTo("The request body did not arrive within the limit of 200 ms.");
			assertThat(connection.isClosed()).isTrue();
			assertThat(engine.requests()).isEmpty();
		}
	}

	@Test
	void refusesHeadersThatDoNotArriveInTimeAndHangsUp() throws IOException {
		try (var connection = RawClient.open(port)) {
			connection.sendPost(CHAT, HI);
			assertThat(connection.readResponse().status()).isEqualTo(200);
			connection.send("POST /v1/chat/completions HTTP/1.1\r\nHost: loc");

			var response = connection.readResponse();

			assertThat(response.status()).isEqualTo(408);
			assertThat(response.headers()).containsKey("x-request-id");
			assertThat(response.json().at("/error/message").stringValue())
					.isEqualTo("The request's headers did not arrive in time.");
			assertThat(connection.isClosed()).isTrue();
		}
	}

	@Test
	void givesARequestThatHasArrivedAllTheTimeItNeeds() throws IOException {
		var limitsHavePassed = Mono.delay(Duration.ofMillis(400)).thenMany(FakeEngine.reply(" late"));
		engine.answer(Flux.concat(FakeEngine.begun(), limitsHavePassed.skip(2)));
		try (var connection = RawClient.open(port)) {
			connection.sendPost(CHAT, HI);

			assertThat(connection.readResponse().body()).contains("\"late\"");
		}
	}

}
