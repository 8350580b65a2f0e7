package dev.corral.cli.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server of the OpenAI API that answers every chat as a script says. It takes five characters for one token. */
final class ScriptedServer implements AutoCloseable {

	static final int CHARACTERS_PER_TOKEN = 5;

	private final HttpServer server;

	private final List<JsonNode> requests = new CopyOnWriteArrayList<>();

	/** What happens to one request. */
	@FunctionalInterface
	interface Script {

		void answer(JsonNode request, HttpExchange exchange) throws IOException;

	}

	ScriptedServer(Script script) throws IOException {
		server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 128);
		server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
		server.createContext("/v1/models", exchange -> {
			// No connection is left over, on which a later request might be sent before its end is noticed.
			exchange.getResponseHeaders().set("Connection", "close");
			respond(exchange, 200, "{\"data\":[{\"id\":\"llama\"}]}");
		});
		server.createContext("/v1/chat/completions", exchange -> {
			var request = JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
			requests.add(request);
			try (exchange) {
				script.answer(request, exchange);
			}
		});
		server.start();
	}

	/** Answers each request with as many deltas as it wants tokens. */
	static ScriptedServer obedient() throws IOException {
		return new ScriptedServer((request, exchange) -> {
			try (var stream = stream(exchange)) {
				int tokens = request.path("max_tokens").intValue();
				for (int i = 0; i < tokens; i++) {
					delta(stream, " w" + i);
				}
				finish(stream, request, tokens);
			}
		});
	}

	String url() {
		return "http://127.0.0.1:" + server.getAddress().getPort();
	}

	List<JsonNode> requests() {
		return requests;
	}

	static OutputStream stream(HttpExchange exchange) throws IOException {
		exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
		exchange.sendResponseHeaders(200, 0);
		return exchange.getResponseBody();
	}

	static void delta(OutputStream stream, String text) throws IOException {
		event(stream, "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"},\"finish_reason\":null}]}");
	}

	static void finish(OutputStream stream, JsonNode request, int tokens) throws IOException {
		event(stream, "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"length\"}],\"usage\":null}");
		event(stream,
				"{\"choices\":[],\"usage\":{\"prompt_tokens\":%d,\"completion_tokens\":%d,\"prompt_tokens_details\":{\"cached_tokens\":3}}}"
						.formatted(promptTokens(request), tokens));
		event(stream, "[DONE]");
	}

	static void event(OutputStream stream, String data) {
		try {
			stream.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
			stream.flush();
		} catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	static void respond(HttpExchange exchange, int status, String body) throws IOException {
		try (exchange) {
			var bytes = body.getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(status, bytes.length);
			exchange.getResponseBody().write(bytes);
		}
	}

	private static int promptTokens(JsonNode request) {
		return request.path("messages").valueStream().mapToInt(message -> message.path("content").asString().length())
				.sum() / CHARACTERS_PER_TOKEN + 10;
	}

	@Override
	public void close() {
		server.stop(0);
	}

}
