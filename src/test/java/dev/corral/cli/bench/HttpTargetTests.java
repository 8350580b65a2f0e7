package dev.corral.cli.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.corral.cli.bench.ScriptedServer.Script;
import dev.corral.inference.InvalidParameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class HttpTargetTests {

	private static final Sampling SAMPLING = new Sampling(0.8, 40, true, List.of(2), Map.of("min_p", "0.1"));

	private static final Call CALL = Call.of("group", "Hello", 4, 7);

	private static final Runnable NOTHING = () -> {
	};

	@Test
	void seesEveryDeltaAndTheUsage() throws IOException {
		var deltas = new AtomicInteger();
		try (var server = ScriptedServer.obedient(); var target = target(server, Duration.ofSeconds(30))) {
			var sample = target.send(CALL, deltas::incrementAndGet);

			assertThat(sample.failure()).isNull();
			assertThat(sample.complete()).isTrue();
			assertThat(sample.text()).isEqualTo(" w0 w1 w2 w3");
			assertThat(sample.arrivals()).hasSize(4).isSorted();
			assertThat(sample.timeToFirstToken()).isPositive();
			assertThat(sample.ended()).isGreaterThanOrEqualTo(sample.arrivals()[3]);
			assertThat(List.of(sample.promptTokens(), sample.cachedTokens(), sample.completionTokens()))
					.containsExactly(11, 3, 4);
			assertThat(deltas).hasValue(4);
		}
	}

	@Test
	void asksForTheReplyThatTheWorkloadWants() throws IOException {
		try (var server = ScriptedServer.obedient(); var target = target(server, Duration.ofSeconds(30))) {
			target.send(CALL, NOTHING);

			var request = server.requests().getFirst();
			assertThat(request.toString()).isEqualTo(
					"{\"model\":\"llama\",\"messages\":" + request.path("messages") + ",\"stream\":true,"
							+ "\"stream_options\":{\"include_usage\":true},\"max_tokens\":4,\"temperature\":0.8,\"seed\":7,"
							+ "\"top_k\":40,\"ignore_eos\":true,\"logit_bias\":{\"2\":-100.0},\"min_p\":0.1}");
			assertThat(request.path("messages").path(0).path("role").asString()).isEqualTo("user");
			assertThat(request.path("messages").path(0).path("content").asString()).isEqualTo("Hello");
		}
	}

	@Test
	void countsDeltasWhereTheServerTellsNoUsage() throws IOException {
		Script script = (request, exchange) -> {
			try (var stream = ScriptedServer.stream(exchange)) {
				ScriptedServer.event(stream, "{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}");
				ScriptedServer.delta(stream, "one");
				ScriptedServer.delta(stream, "two");
				ScriptedServer.event(stream, "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}");
			}
		};
		try (var server = new ScriptedServer(script); var target = target(server, Duration.ofSeconds(30))) {
			var sample = target.send(CALL, NOTHING);

			assertThat(sample.complete()).isTrue();
			assertThat(sample.completionTokens()).isEqualTo(2);
			assertThat(sample.promptTokens()).isEqualTo(Sample.UNKNOWN);
			assertThat(sample.cachedTokens()).isEqualTo(Sample.UNKNOWN);
		}
	}

	@ParameterizedTest
	@MethodSource("failures")
	void saysHowARequestFailed(Script script, String kind, String detail) throws IOException {
		try (var server = new ScriptedServer(script); var target = target(server, Duration.ofSeconds(30))) {
			var sample = target.send(CALL, NOTHING);

			assertThat(sample.complete()).isFalse();
			assertThat(sample.failure()).satisfies(failure -> {
				assertThat(failure.kind()).isEqualTo(kind);
				assertThat(failure.detail()).contains(detail);
			});
		}
	}

	static Stream<Arguments> failures() {
		return Stream.of(
				arguments(script("a status", (_, exchange) -> ScriptedServer.respond(exchange, 429, "queue\n full")),
						"http_429", "queue full"),
				arguments(script("no finish reason", (_, exchange) -> {
					try (var stream = ScriptedServer.stream(exchange)) {
						ScriptedServer.delta(stream, "one");
						ScriptedServer.event(stream, "[DONE]");
					}
				}), "broken_stream", "without a finish reason"), arguments(script("cut off", (_, exchange) -> {
					ScriptedServer.delta(ScriptedServer.stream(exchange), "one");
					throw new IOException("gone");
				}), "broken_stream", ""), arguments(script("no JSON", (_, exchange) -> {
					try (var stream = ScriptedServer.stream(exchange)) {
						ScriptedServer.event(stream, "{\"choices\":[");
					}
				}), "malformed", "{\"choices\":["), arguments(script("other JSON", (_, exchange) -> {
					try (var stream = ScriptedServer.stream(exchange)) {
						ScriptedServer.event(stream, "42");
					}
				}), "malformed", "42"), arguments(script("an error event", (_, exchange) -> {
					try (var stream = ScriptedServer.stream(exchange)) {
						ScriptedServer.delta(stream, "one");
						ScriptedServer.event(stream, "{\"error\":{\"message\":\"out of memory\"}}");
					}
				}), "error_event", "out of memory"));
	}

	private static Named<Script> script(String name, Script script) {
		return Named.of(name, script);
	}

	@Test
	void givesUpAReplyThatTakesTooLong() throws IOException {
		var released = new CountDownLatch(1);
		Script script = (request, exchange) -> {
			ScriptedServer.delta(ScriptedServer.stream(exchange), "one");
			await(released);
		};
		try (var server = new ScriptedServer(script); var target = target(server, Duration.ofMillis(200))) {
			var sample = target.send(CALL, NOTHING);
			released.countDown();

			assertThat(sample.failure()).extracting(Failure::kind).isEqualTo("timeout");
			assertThat(sample.text()).isEqualTo("one");
		}
	}

	@Test
	void seesThatTheServerHasGone() throws IOException {
		var server = ScriptedServer.obedient();
		try (var target = target(server, Duration.ofSeconds(30))) {
			server.close();

			assertThat(target.send(CALL, NOTHING).failure()).extracting(Failure::kind).isEqualTo("connect");
		}
	}

	@Test
	void hangsUpAfterSoManyDeltas() throws Exception {
		var noticed = new CountDownLatch(1);
		Script script = (request, exchange) -> {
			try (var stream = ScriptedServer.stream(exchange)) {
				while (true) {
					ScriptedServer.delta(stream, "more");
				}
			} catch (UncheckedIOException | IOException _) {
				noticed.countDown();
			}
		};
		try (var server = new ScriptedServer(script); var target = target(server, Duration.ofSeconds(30))) {
			var sample = target.send(CALL.hangingUpAfter(3), NOTHING);

			assertThat(sample.hungUp()).isTrue();
			assertThat(sample.failure()).isNull();
			assertThat(sample.arrivals()).hasSize(3);
			assertThat(noticed.await(30, TimeUnit.SECONDS)).isTrue();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"", "/", "/v1", "/v1/"})
	void findsTheServerAndItsFirstModel(String suffix) throws IOException {
		try (var server = ScriptedServer.obedient();
				var target = new HttpTarget(server.url() + suffix, null, null, Duration.ofSeconds(30), SAMPLING)) {
			assertThat(target.name()).isEqualTo(server.url() + "/v1");
			assertThat(target.model()).isEqualTo("llama");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"localhost:8080", "ftp://localhost", "http://", "http://a b"})
	void refusesWhatIsNoUrlOfAServer(String url) {
		assertThatExceptionOfType(InvalidParameter.class)
				.isThrownBy(() -> new HttpTarget(url, null, null, Duration.ofSeconds(1), SAMPLING))
				.withMessageStartingWith("'URL' ");
	}

	@Test
	void saysInOneLineThatNoServerAnswers() throws IOException {
		var server = ScriptedServer.obedient();
		server.close();

		assertThatExceptionOfType(BenchFailed.class)
				.isThrownBy(() -> new HttpTarget(server.url(), null, null, Duration.ofSeconds(30), SAMPLING))
				.withMessageStartingWith("No server answers at " + server.url() + "/v1: Connection refused");
	}

	private static HttpTarget target(ScriptedServer server, Duration timeout) {
		return new HttpTarget(server.url(), null, null, timeout, SAMPLING);
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		} catch (InterruptedException _) {
			Thread.currentThread().interrupt();
		}
	}

}
