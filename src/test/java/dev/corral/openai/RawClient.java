package dev.corral.openai;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that sees the bytes of a connection and may hang up whenever it likes. */
final class RawClient implements AutoCloseable {

	private final Socket socket;

	private RawClient(int port) throws IOException {
		socket = new Socket(InetAddress.getLoopbackAddress(), port);
		socket.setSoTimeout(10_000);
	}

	static RawClient post(int port, String path, String body) throws IOException {
		var client = new RawClient(port);
		var request = "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
				.formatted(path, body.length(), body);
		client.socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
		return client;
	}

	/** Reads until the text was received, or fails after a while. */
	String readUntil(String text) throws IOException {
		var received = new StringBuilder();
		while (received.indexOf(text) < 0) {
			var next = socket.getInputStream().read();
			if (next < 0) {
				throw new IOException("The server closed the connection after: " + received);
			}
			received.append((char) next);
		}
		return received.toString();
	}

	@Override
	public void close() throws IOException {
		socket.close();
	}

}
