package dev.corral.cli.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Which running server a command asks, if any. */
public final class ServerOption {

	private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);

	private static final int MAX_ERROR_BYTES = 65_536;

	private static final JsonMapper JSON = new JsonMapper();

	@Option(names = "--url", paramLabel = "URL", description = "Asks the running server there, such as http://localhost:8080, in place of opening its store.")
	private @Nullable String url;

	@Option(names = "--api-key", paramLabel = "KEY", defaultValue = "${env:CORRAL_API_KEY}", description = "For --url; without this, that of the environment's CORRAL_API_KEY.")
	private @Nullable String apiKey;

	public boolean given() {
		return url != null;
	}

	/** Does something with what the server answers to {@code GET}. */
	public interface Work<T> {

		T with(InputStream body) throws IOException;

	}

	/**
	 * Asks the server that was given.
	 *
	 * @param path with a query, if any
	 * @throws ServerFailed if it cannot be reached, or refuses
	 * @throws IOException what the work throws, or if the answer breaks off
	 */
	public <T> T get(String path, Work<T> work) throws IOException {
		try (var client = HttpClient.newBuilder().connectTimeout(LONGEST_CONNECT)
				.version(HttpClient.Version.HTTP_1_1).build()) {
			var response = send(client, request(path));
			try (var body = response.body()) {
				if (response.statusCode() != 200) {
					throw new ServerFailed("%s answered %d: %s".formatted(url, response.statusCode(),
							message(body.readNBytes(MAX_ERROR_BYTES))));
				}
				return work.with(body);
			}
		}
	}

	private HttpRequest request(String path) {
		try {
			var request = HttpRequest.newBuilder(URI.create(String.valueOf(url).replaceFirst("/+$", "") + path));
			return (apiKey == null ? request : request.header("Authorization", "Bearer " + apiKey)).build();
		} catch (IllegalArgumentException malformed) {
			throw new ServerFailed("--url must be the address of a server, such as http://localhost:8080, but is "
					+ url, malformed);
		}
	}

	private HttpResponse<InputStream> send(HttpClient client, HttpRequest request) {
		try {
			return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
		} catch (IOException failure) {
			throw new ServerFailed("No server answers at %s: %s".formatted(url, failure), failure);
		} catch (InterruptedException interrupted) {
			Thread.currentThread().interrupt();
			throw new ServerFailed("Interrupted while asking " + url, interrupted);
		}
	}

	/** What an error of Corral's says, or whatever else was answered. */
	private static String message(byte[] body) {
		var text = new String(body, StandardCharsets.UTF_8).strip();
		try {
			return JSON.readTree(text).path("error").path("message").stringValue(text);
		} catch (JacksonException notJson) {
			return text;
		}
	}

}
