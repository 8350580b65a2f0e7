package dev.corral.upstream;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.corral.inference.CacheStatistics;
import dev.corral.inference.DraftStatistics;
import dev.corral.inference.EngineLoad;
import dev.corral.inference.FakeEngine;
import dev.corral.inference.GenerationEvent;
import dev.corral.inference.GenerationEvent.Failed;
import dev.corral.inference.GenerationEvent.Finished;
import dev.corral.inference.GenerationRequest;
import dev.corral.inference.InferenceFailure;
import dev.corral.inference.InvalidParameter;
import dev.corral.inference.ModelInfo;
import dev.corral.inference.SamplingParameters;
import dev.corral.upstream.Wire.Target;
import dev.corral.worker.WorkerReport;

import static org.assertj.core.api.Assertions.assertThat;

/** Servers that do not do what they should. */
class HostileServerTests {

	private static final Duration LONGEST = Duration.ofMinutes(1);

	private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";

	private static final String ADMITTED = chunk("{\"index\":0,\"text\":\"\",\"finish_reason\":null,\"token_ids\":[]}");

	private static final String PROMPT = chunk(
			"{\"index\":0,\"text\":\"\",\"finish_reason\":null,\"token_ids\":[],\"prompt_tokens\":3,\"cached_tokens\":1}");

	private static final String DELTA = chunk("{\"index\":0,\"text\":\"a\",\"finish_reason\":null,\"token_ids\":[97]}");

	private static final String END = chunk(
			"{\"index\":0,\"text\":\"\",\"finish_reason\":\"stop\",\"token_ids\":[2],\"timings\":{\"decode_nanos\":7}}");

	private static final String USAGE = "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2}}\n\n";

	private static final GenerationRequest REQUEST = new GenerationRequest(List.of(1, 97, 98), 20,
			SamplingParameters.GREEDY, List.of());

	private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

	private final Connection connection = new Connection("hostile",
			URI.create("http://127.0.0.1:" + server.getLocalPort()), null, Duration.ofSeconds(20));

	HostileServerTests() throws IOException {
	}

	@AfterEach
	void close() throws IOException {
		connection.close();
		server.close();
	}

	private static String chunk(String choice) {
		return "data: {\"id\":\"x\",\"choices\":[" + choice + "]}\n\n";
	}

	/** A server that answers like this, whatever it is asked. */
	private RemoteEngine answering(Answer answer) {
		Thread.ofVirtual().start(() -> serve(server, answer));
		var info = new ModelInfo("m", "", 300, 64, 64, 0, 4);
		var target = new Target("m", info, new FakeEngine("m", 64).tokenizer());
		return new RemoteEngine(new CorralWire(connection, Duration.ofMillis(500)), target,
				new WorkerReport.Engine(info, new EngineLoad(0, 0, 1),
						new WorkerReport.Work(0, 0, 0, 0), CacheStatistics.NONE,
						DraftStatistics.NONE));
	}

	private RemoteEngine answering(String text) {
		return answering(output -> output.write(text.getBytes(StandardCharsets.UTF_8)));
	}

	private static void serve(ServerSocket server, Answer answer) {
		while (!server.isClosed()) {
			try (var socket = server.accept()) {
				readHead(socket);
				answer.write(socket.getOutputStream());
				socket.getOutputStream().flush();
				socket.shutdownOutput();
				socket.getInputStream().transferTo(OutputStream.nullOutputStream());
			} catch (IOException gone) {
				// The client has hung up, or the test is over.
			}
		}
	}

	private static void readHead(Socket socket) throws IOException {
		var input = socket.getInputStream();
		for (int ends = 0; ends < 4;) {
			int read = input.read();
			if (read < 0) {
				return;
			}
			ends = read == '\r' || read == '\n' ? ends + 1 : 0;
		}
	}

	private static List<GenerationEvent> events(RemoteEngine engine) {
		return engine.generate(REQUEST).collectList().blockOptional(LONGEST).orElseThrow();
	}

	private static Throwable failure(RemoteEngine engine) {
		return engine.generate(REQUEST).then().materialize().mapNotNull(signal -> signal.getThrowable())
				.blockOptional(LONGEST).orElseThrow();
	}

	private static InferenceFailure failed(RemoteEngine engine) {
		return ((Failed) events(engine).getLast()).failure();
	}

	@Test
	void aReplyMayComeInPiecesOfAnySize() throws Exception {
		var engine = answering(output -> {
			for (byte each : (OK + ": hello\n\n" + ADMITTED + PROMPT + DELTA + END + USAGE + "data: [DONE]\n\n")
					.getBytes(StandardCharsets.UTF_8)) {
				output.write(each);
				output.flush();
			}
		});

		assertThat(events(engine)).hasSize(4).last().isInstanceOf(Finished.class);
	}

	@ParameterizedTest
	@ValueSource(strings = {"", "nonsense", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nda",
			"HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno",
			"HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n",
			OK, OK + "data: {\n\n", OK + "data: [[[[\n\n", OK + "data: {\"choices\":[]}\n\n", OK + "data: 5\n\n",
			OK + "data: [DONE]\n\n", OK + ": nothing\n\n"})
	void takesAWorkerThatAnswersOtherThingsForLost(String answer) throws Exception {
		assertThat(failure(answering(answer))).isInstanceOf(InferenceFailure.WorkerLost.class);
	}

	static List<String> breaks() {
		return List.of("", DELTA, "data: {\"cho", "data: {}\n\n", END, PROMPT, USAGE, END + DELTA);
	}

	@ParameterizedTest
	@MethodSource("breaks")
	void tellsWhatHadComeWhenAReplyBreaksOff(String rest) {
		var events = events(answering(OK + ADMITTED + PROMPT + DELTA + rest));

		assertThat(events.getLast()).isInstanceOfSatisfying(Failed.class, failed -> {
			assertThat(failed.failure()).isInstanceOf(InferenceFailure.WorkerLost.class);
			assertThat(failed.usage().promptTokens()).isEqualTo(3);
			assertThat(failed.usage().cachedTokens()).isEqualTo(1);
		});
	}

	@Test
	void doesNotGatherALineThatNeverEnds() throws Exception {
		var engine = answering(output -> {
			output.write((OK + "data: ").getBytes(StandardCharsets.UTF_8));
			var filler = new byte[1 << 16];
			Arrays.fill(filler, (byte) 'x');
			for (int i = 0; i < 1 << 14; i++) {
				output.write(filler);
			}
		});

		assertThat(failure(engine)).isInstanceOf(InferenceFailure.WorkerLost.class)
				.hasMessageContaining("cannot be read");
	}

	@Test
	void doesNotReadAReplyThatNeverEnds() throws Exception {
		var engine = answering(output -> {
			output.write((OK + ADMITTED + PROMPT).getBytes(StandardCharsets.UTF_8));
			for (int i = 0; i < 1 << 20; i++) {
				output.write(DELTA.getBytes(StandardCharsets.UTF_8));
			}
		});

		var events = events(engine);

		assertThat(events).hasSizeLessThan(30);
		assertThat(((Failed) events.getLast()).failure()).isInstanceOf(InferenceFailure.WorkerLost.class);
	}

	@Test
	void doesNotWaitForAStreamThatIsSilent() throws Exception {
		var engine = answering(output -> {
			output.write((OK + ADMITTED + PROMPT).getBytes(StandardCharsets.UTF_8));
			output.flush();
			try {
				new CountDownLatch(1).await(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
			} catch (InterruptedException interrupted) {
				throw new IOException(interrupted);
			}
		});

		assertThat(failed(engine)).isInstanceOf(InferenceFailure.WorkerLost.class)
				.hasMessageContaining("does not answer in time");
	}

	@Test
	void tellsNoAddressOfAWorkerThatIsNotThere() throws Exception {
		var engine = answering(OK);
		server.close();

		assertThat(failure(engine)).isInstanceOf(InferenceFailure.WorkerLost.class)
				.hasMessageNotContaining("127.0.0.1").hasMessageNotContaining(String.valueOf(server.getLocalPort()));
	}

	@ParameterizedTest
	@CsvSource({"429, queue_full, QUEUE_FULL", "408, queue_timeout, QUEUE_TIMEOUT", "503, draining, WORKER_LOST",
			"503, engine_closed, WORKER_LOST", "503, model_loading, WORKER_LOST", "500, decode_failed, DECODE_FAILED",
			"500, , DECODE_FAILED", "401, invalid_api_key, WORKER_LOST",
			"400, context_length_exceeded, PROMPT_TOO_LONG",
			"418, teapot, WORKER_LOST"})
	void knowsErrorsByTheirCodes(int status, String code, InferenceFailure.Kind kind) throws Exception {
		var body = "{\"error\":{\"message\":\"waited 5 ms\",\"type\":\"t\",\"param\":null,\"code\":%s}}"
				.formatted(code == null ? "null" : '"' + code + '"');
		var answer = "HTTP/1.1 %d No\r\nx-ratelimit-limit-requests: 12\r\nContent-Length: %d\r\n\r\n%s".formatted(
				status,
				body.length(), body);

		assertThat(failure(answering(answer))).isInstanceOfSatisfying(InferenceFailure.class,
				failure -> assertThat(failure.kind()).isEqualTo(kind));
	}

	@Test
	void tellsWhatIsWrongWithARequestInTheWordsOfTheWorker() throws Exception {
		var body = "{\"error\":{\"message\":\"'top_k' must be 5.\",\"type\":\"t\",\"param\":\"top_k\",\"code\":null}}";
		var failure = failure(
				answering("HTTP/1.1 400 No\r\nContent-Length: %d\r\n\r\n%s".formatted(body.length(), body)));

		assertThat(failure).isInstanceOf(InvalidParameter.class).hasMessage("'top_k' must be 5.");
	}

	@Test
	void knowsAnErrorInTheMidstOfAReply() throws Exception {
		var failed = failed(answering(OK + ADMITTED
				+ "data: {\"error\":{\"message\":\"m\",\"type\":\"t\",\"param\":null,\"code\":\"queue_timeout\"}}\n\n"));

		assertThat(failed).isInstanceOf(InferenceFailure.QueueTimeout.class);
	}

	/** What a server writes once it has been asked. */
	private interface Answer {

		void write(OutputStream output) throws IOException;

	}

}
