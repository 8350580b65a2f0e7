package dev.corral.conversation.store;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.corral.CorralApplication;

import static org.awaitility.Awaitility.await;

/** The server as a process of its own, which can be killed and started again on the same port and store. */
final class ServerProcess implements AutoCloseable {

	private static final Duration LONGEST_START = Duration.ofMinutes(3);

	private final HttpClient client = HttpClient.newHttpClient();

	private final List<String> command = new ArrayList<>();

	private final Path log;

	private final int port;

	private Process process;

	/** @param settings as on the command line */
	ServerProcess(Path log, List<String> settings) throws IOException {
		this.log = log;
		try (var socket = new ServerSocket(0)) {
			port = socket.getLocalPort();
		}
		command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
				CorralApplication.class.getName(), "--server.port=" + port));
		command.addAll(settings);
		start();
	}

	/** Starts it again; completes when it is ready. */
	void start() throws IOException {
		process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
		var readiness = HttpRequest.newBuilder(uri("/actuator/health/readiness")).build();
		await().atMost(LONGEST_START).ignoreExceptions()
				.until(() -> client.send(readiness, HttpResponse.BodyHandlers.discarding()).statusCode() == 200);
	}

	/** Ends it as a power failure would: SIGKILL. */
	void kill() throws InterruptedException {
		process.destroyForcibly().waitFor();
	}

	HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(uri(path)).header("Content-Type", "application/json");
	}

	HttpRequest post(String path, String body) {
		return request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build();
	}

	HttpClient client() {
		return client;
	}

	private URI uri(String path) {
		return URI.create("http://localhost:" + port + path);
	}

	@Override
	public void close() throws InterruptedException {
		kill();
		client.close();
	}

}
