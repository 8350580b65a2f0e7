package dev.corral.telemetry;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

import tools.jackson.databind.json.JsonMapper;

/** A real Prometheus that scrapes one server, where it is installed. */
final class Prometheus implements AutoCloseable {

	private final HttpClient client = HttpClient.newHttpClient();

	private final Process process;

	private final int port;

	Prometheus(Path folder, int scraped) throws IOException {
		port = freePort();
		var config = Files.writeString(folder.resolve("prometheus.yml"), """
			global: {scrape_interval: 1s}
			scrape_configs:
			  - job_name: corral
			    metrics_path: /actuator/prometheus
			    static_configs: [{targets: ["localhost:%d"]}]
			""".formatted(scraped));
		process = new ProcessBuilder("prometheus", "--config.file=" + config,
				"--storage.tsdb.path=" + folder.resolve("data"), "--web.listen-address=127.0.0.1:" + port)
				.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
	}

	/** A program in the search path. */
	static Optional<Path> program(String name) {
		return Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(":"))
				.map(folder -> Path.of(folder, name)).filter(Files::isExecutable).findFirst();
	}

	private static int freePort() throws IOException {
		try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	/** Whether a query has any result now. */
	boolean hasData(String query) throws IOException, InterruptedException {
		var uri = URI.create("http://127.0.0.1:%d/api/v1/query?query=%s".formatted(port,
				URLEncoder.encode(query, StandardCharsets.UTF_8)));
		try {
			var answer = client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString()).body();
			var tree = new JsonMapper().readTree(answer);
			return tree.path("status").asString("").equals("success") && !tree.path("data").path("result").isEmpty();
		} catch (ConnectException starting) {
			return false;
		}
	}

	@Override
	public void close() {
		client.close();
		process.destroyForcibly().onExit().join();
	}

}
