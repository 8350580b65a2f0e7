package dev.corral.openai;

import java.io.IOException;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What is wrong with the HTTP itself. */
class ProtocolIntegrationTests extends HttpContract {

	private static final String TO_CHAT = "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

	static Stream<Arguments> malformed() {
		return Stream.of(Arguments.of("words", "this is not HTTP\r\n\r\n", 400),
				Arguments.of("no version", "GET /v1/models\r\n\r\n", 400),
				Arguments.of("control characters", "\1\2\3\4\r\n\r\n", 400),
				Arguments.of("long request line",
						"GET /v1/" + "x".repeat(5000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
						414),
				Arguments.of("large header", "GET /v1/models HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(20_000)
						+ "\r\n\r\n", 431),
				Arguments.of("many headers", "GET /v1/models HTTP/1.1\r\nHost: localhost\r\n"
						+ "X: x\r\n".repeat(8000) + "\r\n", 431),
				Arguments.of("two lengths", TO_CHAT + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n", 400),
				Arguments.of("negative length", TO_CHAT + "Content-Length: -5\r\n\r\n", 400),
				Arguments.of("length in words", TO_CHAT + "Content-Length: five\r\n\r\n", 400),
				Arguments.of("space in a header's name", "GET /v1/models HTTP/1.1\r\nHo st: localhost\r\n\r\n", 400));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("malformed")
	void answersWhatIsNoRequestInTheEnvelopeAndHangsUp(String name, String request, int status) throws IOException {
		try (var connection = RawClient.open(port)) {
			connection.send(request);

			assertRefused(connection.readResponse(), status);
			assertThat(connection.isClosed()).isTrue();
		}
	}

	@Test
	void answersAMalformedPathInTheEnvelope() throws IOException {
		try (var connection = RawClient.open(port)) {
			connection.send("GET /v1/%zz HTTP/1.1\r\nHost: localhost\r\n\r\n");

			assertRefused(connection.readResponse(), 400);
		}
	}

	@Test
	void refusesAChunkedBodyOverTheLimitAndReadsThePlaceOfTheNextRequest() throws IOException {
		try (var connection = RawClient.open(port)) {
			connection.send(TO_CHAT + "Transfer-Encoding: chunked\r\n\r\n");
			var chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
			for (int i = 0; i < 17; i++) {
				connection.send(chunk);
			}
			assertRefused(connection.readResponse(), 413);

			connection.send("0\r\n\r\n");
			connection.sendPost(CHAT, HI);

			assertThat(connection.readResponse().status()).isEqualTo(200);
		}
	}

	@Test
	void refusesADeclaredLengthOverTheLimitBeforeTheBodyComes() throws IOException {
		try (var connection = RawClient.open(port)) {
			connection.send(TO_CHAT + "Content-Length: 99999999999\r\n\r\n");

			assertRefused(connection.readResponse(), 413);
		}
	}

	@Test
	void refusesACompressedBody() throws IOException {
		try (var connection = RawClient.open(port)) {
			connection.send(TO_CHAT + "Content-Encoding: gzip\r\nContent-Length: 0\r\n\r\n");

			var response = connection.readResponse();
			assertRefused(response, 415);
			assertThat(response.headers()).containsEntry("accept-encoding", "identity");
		}
	}

	@Test
	void knowsARouteWithParametersInItsPath() throws IOException {
		try (var connection = RawClient.open(port)) {
			connection.sendPost("/detokenize;a=b", "{\"tokens\":true}");

			assertRefused(connection.readResponse(), 400);
		}
	}

	@Test
	void answersTheNextRequestOnAConnectionWhoseLastWasRefused() throws IOException {
		try (var connection = RawClient.open(port)) {
			connection.sendPost(CHAT, "{");
			assertRefused(connection.readResponse(), 400);
			connection.sendPost("/v1/unknown", HI);
			assertRefused(connection.readResponse(), 404);

			connection.sendPost(CHAT, HI);

			assertThat(connection.readResponse().status()).isEqualTo(200);
		}
	}

	@Test
	void answersInJsonWhateverTheClientAccepts() throws IOException {
		try (var connection = RawClient.open(port)) {
			connection.send("GET /v1/models/none HTTP/1.1\r\nHost: localhost\r\nAccept: text/plain\r\n\r\n");

			assertRefused(connection.readResponse(), 404);
		}
	}

	private static void assertRefused(RawClient.Response response, int status) {
		assertThat(response.status()).isEqualTo(status);
		assertThat(response.headers()).containsEntry("content-type", "application/json")
				.hasEntrySatisfying("x-request-id", id -> assertThat(id).matches("req_[0-9a-f-]{36}"));
		assertThat(response.json().get("error").propertyNames()).containsExactly("message", "type", "param", "code");
		assertThat(response.json().get("error").get("message").stringValue()).isNotBlank();
	}

}
