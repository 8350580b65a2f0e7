package dev.corral.cli.health;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Ends with status 0 if the server on this machine is ready, otherwise with 1: the health check of the container image.
 *
 * <p>It has a main method of its own, a plain socket and no logging, so that asking every few seconds costs next to nothing:
 * {@code java -cp corral.jar dev.corral.cli.health.HealthCheck}. The port is that of the environment variable
 * {@code SERVER_PORT}, else 8080.
 */
public final class HealthCheck {

	private static final String DEFAULT_PORT = "8080";

	private static final int TIMEOUT_MILLIS = 3_000;

	/** Status line of HTTP/1.1 up to the code. */
	private static final int STATUS_BYTES = "HTTP/1.1 200".length();

	private HealthCheck() {
	}

	public static void main(String[] arguments) {
		System.exit(ready(System.getenv()) ? 0 : 1);
	}

	/** Whether the server at the port that the environment names answers that it is ready, within 3 s for each read. */
	static boolean ready(Map<String, String> environment) {
		try (var socket = new Socket()) {
			int port = Integer.parseInt(environment.getOrDefault("SERVER_PORT", DEFAULT_PORT));
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
			socket.setSoTimeout(TIMEOUT_MILLIS);
			socket.getOutputStream()
					.write("GET /actuator/health/readiness HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
							.getBytes(StandardCharsets.US_ASCII));
			var status = new String(socket.getInputStream().readNBytes(STATUS_BYTES), StandardCharsets.US_ASCII);
			return status.equals("HTTP/1.1 200");
		} catch (IOException | IllegalArgumentException _) {
			return false;
		}
	}

}
