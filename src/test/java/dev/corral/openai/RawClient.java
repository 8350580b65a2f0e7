package dev.corral.openai;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client that sees the bytes of a connection, may send what it likes and may hang up whenever it likes. */
public final class RawClient implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	/** Without the limits on what clients may send. */
	private static final JsonMapper ANSWERS = JsonMapper.builder()
			.enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY).build();

	private final Socket socket;

	private final InputStream received;

	private RawClient(int port) throws IOException {
		socket = new Socket(InetAddress.getLoopbackAddress(), port);
		socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
		received = new BufferedInputStream(socket.getInputStream());
	}

	public static RawClient open(int port) throws IOException {
		return new RawClient(port);
	}

	public static RawClient post(int port, String path, String body) throws IOException {
		var client = new RawClient(port);
		client.sendPost(path, body);
		return client;
	}

	public void sendPost(String path, String body) throws IOException {
		send("POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
				.formatted(path, body.length(), body));
	}

	public void send(String text) throws IOException {
		send(text.getBytes(StandardCharsets.ISO_8859_1));
	}

	public void send(byte[] bytes) throws IOException {
		socket.getOutputStream().write(bytes);
	}

	/** Reads until the text was received, or fails after a while, whatever else comes. */
	public String readUntil(String text) throws IOException {
		var read = new StringBuilder();
		long start = System.nanoTime();
		while (read.length() < text.length() || read.indexOf(text, read.length() - text.length()) < 0) {
			var next = received.read();
			if (next < 0) {
				throw new EOFException("The server closed the connection after: " + read);
			}
			if (System.nanoTime() - start > PATIENCE.toNanos()) {
				throw new SocketTimeoutException("The text did not come, but: " + read);
			}
			read.append((char) next);
		}
		return read.toString();
	}

	/** Tells the server that nothing more comes, and goes on reading. */
	public void endSending() throws IOException {
		socket.shutdownOutput();
	}

	/** Reads one response whole, past interim ones. */
	public Response readResponse() throws IOException {
		var response = readOneResponse(true);
		while (response.status() < 200) {
			response = readOneResponse(true);
		}
		return response;
	}

	/** Reads the response to a HEAD request, which has no body whatever its headers say. */
	public Response readHeadResponse() throws IOException {
		return readOneResponse(false);
	}

	private Response readOneResponse(boolean withBody) throws IOException {
		var lines = readUntil("\r\n\r\n").split("\r\n");
		var headers = new TreeMap<String, String>();
		for (int i = 1; i < lines.length; i++) {
			var colon = lines[i].indexOf(':');
			headers.put(lines[i].substring(0, colon).toLowerCase(Locale.ROOT), lines[i].substring(colon + 1).strip());
		}
		int status = Integer.parseInt(lines[0].split(" ", 3)[1]);
		return new Response(status, headers, withBody && status >= 200 && status != 204 ? body(headers) : "");
	}

	private String body(Map<String, String> headers) throws IOException {
		if (!headers.containsKey("transfer-encoding") && !headers.containsKey("content-length")) {
			return new String(received.readAllBytes(), StandardCharsets.UTF_8);
		}
		if (!headers.getOrDefault("transfer-encoding", "").equals("chunked")) {
			return read(Integer.parseInt(headers.getOrDefault("content-length", "0")));
		}
		var body = new StringBuilder();
		for (int size = chunkSize(); size > 0; size = chunkSize()) {
			body.append(read(size));
			readUntil("\r\n");
		}
		readUntil("\r\n");
		return body.toString();
	}

	private int chunkSize() throws IOException {
		return Integer.parseInt(readUntil("\r\n").strip(), 16);
	}

	private String read(int bytes) throws IOException {
		var read = new ByteArrayOutputStream();
		while (read.size() < bytes) {
			var piece = received.readNBytes(bytes - read.size());
			if (piece.length == 0) {
				throw new EOFException("The server closed the connection within a body");
			}
			read.writeBytes(piece);
		}
		return read.toString(StandardCharsets.UTF_8);
	}

	/** Whether the server closes the connection without another byte. */
	public boolean isClosed() throws IOException {
		try {
			return received.read() < 0;
		} catch (SocketTimeoutException open) {
			return false;
		} catch (SocketException reset) {
			return true;
		}
	}

	@Override
	public void close() throws IOException {
		socket.close();
	}

	/** @param headers by lower-case name */
	public record Response(int status, Map<String, String> headers, String body) {

		public JsonNode json() {
			return ANSWERS.readTree(body);
		}

	}

}
