package dev.corral.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.sun.net.httpserver.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;

/** Usage as an operator reads it, of a store and of a running server. */
class UsageCommandTests {

	private final StringWriter output = new StringWriter();

	private final StringWriter errors = new StringWriter();

	@TempDir
	Path folder = Path.of("");

	@Test
	void tellsThatNothingWasUsedOfANewStore() {
		assertThat(execute("--store", "h2:" + folder.resolve("usage"))).isZero();

		assertThat(output.toString()).startsWith("DAY ").hasLineCount(1);
	}

	@Test
	void asksARunningServer() throws IOException {
		var asked = new ArrayList<String>();
		try (var server = new Server(200,
				"{\"totals\":[{\"day\":\"2026-11-23\",\"model\":\"cria\",\"requests\":2,\"prompt_tokens\":30,\"cached_tokens\":4,\"completion_tokens\":5}]}",
				asked)) {

			assertThat(execute("--url", server.url(), "--api-key", "k", "--from", "2026-11-01", "--to", "2026-11-24",
					"--by", "model", "--owner", "a b")).as(errors.toString()).isZero();
		}

		assertThat(asked).containsExactly("Bearer k /api/usage?from=2026-11-01&to=2026-11-24&by=model&owner=a+b");
		assertThat(output.toString()).containsPattern("\n2026-11-23 - +- +cria +2 +30 +4 +5\n");
	}

	@Test
	void saysWhatTheServerSaysAgainstIt() throws IOException {
		try (var server = new Server(401, "{\"error\":{\"message\":\"No such key.\"}}", new ArrayList<>())) {

			assertThat(execute("--url", server.url())).isOne();

			assertThat(errors.toString()).isEqualTo(server.url() + " answered 401: No such key.\n");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"--by day", "--from 2020-01-01", "--to never"})
	void saysWhatIsWrongWithAnOption(String option) {
		assertThat(execute(option.split(" "))).isEqualTo(2);

		assertThat(errors.toString()).endsWith("See corral usage --help\n").hasLineCount(2);
	}

	private int execute(String... arguments) {
		return CommandLineTool.commandLine().setOut(new PrintWriter(output)).setErr(new PrintWriter(errors))
				.execute(Stream.concat(Stream.of("usage"), Stream.of(arguments)).toArray(String[]::new));
	}

	/** Answers everything the same, and notes who asked for what. */
	private record Server(HttpServer server) implements AutoCloseable {

		Server(int status, String body, List<String> asked) throws IOException {
			this(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
			server.createContext("/", exchange -> {
				asked.add(exchange.getRequestHeaders().getFirst("Authorization") + " " + exchange.getRequestURI());
				var bytes = body.getBytes(StandardCharsets.UTF_8);
				exchange.sendResponseHeaders(status, bytes.length);
				exchange.getResponseBody().write(bytes);
				exchange.close();
			});
			server.start();
		}

		String url() {
			return "http://localhost:" + server.getAddress().getPort();
		}

		@Override
		public void close() {
			server.stop(0);
		}

	}

}
