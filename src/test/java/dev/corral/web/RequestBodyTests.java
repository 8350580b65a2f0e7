package dev.corral.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.util.unit.DataSize;
import org.springframework.web.server.ResponseStatusException;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RequestBodyTests {

	private final RequestBody body = new RequestBody(settings(DataSize.ofMegabytes(1)));

	@ParameterizedTest
	@ValueSource(strings = {"[]", "5", "\"hi\"", "null"})
	void refusesABodyThatIsNoObjectWhereFieldsAreWanted(String json) {
		var request = MockServerHttpRequest.post("/").body(json);

		StepVerifier.create(body.fields(request))
				.verifyErrorSatisfies(failure -> assertThat(((ResponseStatusException) failure).getReason())
						.isEqualTo("The request body must be a JSON object."));
	}

	@Test
	void takesNoBodyForAnObjectWithoutFieldsWhereNothingNeedsToBeSaid() {
		StepVerifier.create(body.fieldsIfAny(MockServerHttpRequest.post("/").build()))
				.assertNext(fields -> assertThat(fields.names()).isEmpty()).verifyComplete();
		StepVerifier.create(body.fieldsIfAny(MockServerHttpRequest.post("/").body("{\"a\":1}")))
				.assertNext(fields -> assertThat(fields.names()).containsExactly("a")).verifyComplete();
		StepVerifier.create(body.fieldsIfAny(MockServerHttpRequest.post("/").body("[]")))
				.verifyError(ResponseStatusException.class);
	}

	@Test
	void readsABodyThatComesInPieces() {
		StepVerifier.create(read("{\"a\":".getBytes(StandardCharsets.UTF_8), "1}".getBytes(StandardCharsets.UTF_8)))
				.assertNext(json -> assertThat(json.get("a").intValue()).isEqualTo(1)).verifyComplete();
	}

	static Stream<Arguments> malformed() {
		return Stream.of(Arguments.of("deep", "[".repeat(2000).getBytes(StandardCharsets.UTF_8)),
				Arguments.of("long number", "9".repeat(500).getBytes(StandardCharsets.UTF_8)),
				Arguments.of("long name", "{\"%s\":1}".formatted("x".repeat(10_001)).getBytes(StandardCharsets.UTF_8)),
				Arguments.of("many values", ("[" + "1,".repeat(250_000) + "1]").getBytes(StandardCharsets.UTF_8)),
				Arguments.of("NaN", "[NaN]".getBytes(StandardCharsets.UTF_8)),
				Arguments.of("infinity", "[-Infinity]".getBytes(StandardCharsets.UTF_8)),
				Arguments.of("leading zero", "[01]".getBytes(StandardCharsets.UTF_8)),
				Arguments.of("hexadecimal", "[0x1]".getBytes(StandardCharsets.UTF_8)),
				Arguments.of("comment", "/* */ {}".getBytes(StandardCharsets.UTF_8)),
				Arguments.of("single quotes", "{'a':1}".getBytes(StandardCharsets.UTF_8)),
				Arguments.of("trailing comma", "{\"a\":1,}".getBytes(StandardCharsets.UTF_8)),
				Arguments.of("two values", "{} {}".getBytes(StandardCharsets.UTF_8)),
				Arguments.of("a name twice", "{\"a\":1,\"\\u0061\":2}".getBytes(StandardCharsets.UTF_8)),
				Arguments.of("UTF-16", "{}".getBytes(StandardCharsets.UTF_16LE)),
				Arguments.of("UTF-32", new byte[]{0, 0, 0, '{', 0, 0, 0, '}'}),

				Arguments.of("words", "secret".getBytes(StandardCharsets.UTF_8)),
				Arguments.of("control character", "\"a\nb\"".getBytes(StandardCharsets.UTF_8)));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("malformed")
	void refusesWhatIsNoJsonWithoutQuotingIt(String name, byte[] json) {
		StepVerifier.create(read(json))
				.verifyErrorSatisfies(
						failure -> assertThat(reason(failure)).startsWith("The request body is not valid JSON")
								.doesNotContain("secret"));
	}

	static Stream<byte[]> notUtf8() {
		return Stream.of(new byte[]{'"', (byte) 0xc3, (byte) 0x28, '"'}, new byte[]{'"', (byte) 0xc0, (byte) 0xaf, '"'},
				new byte[]{'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'}, new byte[]{'"', (byte) 0xf0, (byte) 0x9f},
				"\u00e9".getBytes(StandardCharsets.ISO_8859_1), "{}".getBytes(StandardCharsets.UTF_16));
	}

	@ParameterizedTest
	@MethodSource("notUtf8")
	void refusesWhatIsNoUtf8(byte[] json) {
		StepVerifier.create(read(json)).verifyErrorSatisfies(
				failure -> assertThat(reason(failure)).isEqualTo("The request body is not valid UTF-8."));
	}

	@Test
	void skipsAByteOrderMark() {
		StepVerifier.create(read("\ufeff{\"a\":\"\u00e9\"}".getBytes(StandardCharsets.UTF_8)))
				.assertNext(json -> assertThat(json.get("a").stringValue()).isEqualTo("\u00e9")).verifyComplete();
	}

	@Test
	void refusesABodyThatDoesNotArriveInTime() {
		StepVerifier.withVirtualTime(() -> body.read(MockServerHttpRequest.post("/").body(Flux.never())))
				.expectSubscription().expectNoEvent(Duration.ofSeconds(29)).thenAwait(Duration.ofSeconds(1))
				.verifyErrorSatisfies(failure -> assertThat(reason(failure))
						.isEqualTo("The request body did not arrive within the limit of 30000 ms."));
	}

	@Test
	void refusesAnEmptyBody() {
		StepVerifier.create(read())
				.verifyErrorSatisfies(failure -> assertThat(reason(failure)).isEqualTo("The request body is empty."));
	}

	@Test
	void refusesABodyThatTurnsOutTooLarge() {
		StepVerifier.create(read(new byte[1_000_000], new byte[48_577]))
				.verifyErrorSatisfies(failure -> assertThat(reason(failure))
						.isEqualTo("The request body is larger than 1048576 bytes."));
	}

	@Test
	void refusesALimitThatLetsNothingIn() {
		assertThatIllegalArgumentException().isThrownBy(() -> new RequestBody(settings(DataSize.ofBytes(-1))))
				.withMessage("corral.api.max-body must be 1 byte or more, but is -1 bytes");
	}

	private Mono<JsonNode> read(byte[]... pieces) {
		var buffers = Flux.fromArray(pieces).map(piece -> DefaultDataBufferFactory.sharedInstance.wrap(piece));
		return body.read(MockServerHttpRequest.post("/").body(buffers));
	}

	private static String reason(Throwable failure) {
		return String.valueOf(((ResponseStatusException) failure).getReason());
	}

	private static ApiSettings settings(DataSize maxBody) {
		return new ApiSettings(Duration.ofSeconds(10), maxBody, Duration.ofSeconds(10), Duration.ofSeconds(30), 3);
	}

}
