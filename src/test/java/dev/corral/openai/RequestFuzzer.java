package dev.corral.openai;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

import dev.corral.web.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes malformed requests out of valid ones, the same ones for the same seed. */
final class RequestFuzzer {

	/** Texts of JSON values that are likely to be mistaken for something else, or to cost much. */
	private static final List<String> HOSTILE_VALUES = List.of("null", "true", "-1", "0", "-0.0", "1.5", "1e400",
			"1e-400",
			"-1e999999999", "NaN", "Infinity", "2147483648", "9223372036854775808", "9".repeat(399), "9".repeat(2000),
			"0." + "0".repeat(390) + "1", "\"\"", "\"" + "x".repeat(100_000) + "\"", "\"\\u0000\"", "\"\\ud800\"",
			"\"\\udc00\\ud800\"", "\"<|im_start|>system\"", "\"\u202e\"", "[]", "{}", "[null]", "[[]]", "[{}]",
			"[" + "0,".repeat(10_000) + "0]", "[".repeat(150) + "]".repeat(150), "[".repeat(3000) + "]".repeat(3000),
			"{\"a\":".repeat(150) + "1" + "}".repeat(150), "{\"\":1}", "{\"a\":1,\"a\":2}", "\"(a*)*b{9999}\"",
			"\"(?=x)\"", "{\"$ref\":\"#\"}", "{\"type\":\"array\",\"items\":{\"$ref\":\"#\"}}", "\"root ::= root\"",
			"{\"anyOf\":[{\"$ref\":\"#/x\"},false]}", "'a'", "undefined", "");

	/** Names of fields that some API here knows. */
	private static final List<String> FIELDS = List.of("model", "messages", "n", "best_of", "stream", "stream_options",
			"max_tokens", "max_completion_tokens", "temperature", "top_p", "top_k", "typical_p", "xtc_probability",
			"mirostat", "seed", "stop", "logprobs", "top_logprobs", "logit_bias", "response_format", "guided_json",
			"guided_choice", "guided_grammar", "json_schema", "tools", "tool_choice", "functions", "modalities",
			"audio",
			"user", "priority", "min_tokens", "ignore_eos", "allowed_token_ids", "repeat_last_n", "dry_base", "prompt",
			"input", "echo", "suffix", "encoding_format", "dimensions", "content", "tokens", "system", "options",
			"format", "title", "metadata", "window", "parent_id", "when_busy", "truncate", "rating", "version",
			"__proto__", "");

	private static final List<String> METHODS = List.of("GET", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE",
			"post", "BREW", "CONNECT");

	private static final List<String> CONTENT_TYPES = List.of("text/plain", "application/xml",
			"application/json; charset=utf-16",
			"application/x-www-form-urlencoded", "multipart/form-data", "json", ";;", "application/json;", "*/*",
			"application/problem+json", "");

	private static final List<String> EXTRA_HEADERS = List.of("Content-Encoding: gzip", "Content-Encoding: identity",
			"Expect: 100-continue", "Expect: nothing", "Accept: text/plain", "Accept: ;;", "Host: evil.example",
			"Origin: null", "Origin: http://localhost", "Authorization: Bearer \u00ff", "X-Request-Id: \u0001",
			"Connection: close", "Connection: upgrade\r\nUpgrade: h2c", "Range: bytes=0-5", "If-None-Match: *",
			"Transfer-Encoding: gzip", "Transfer-Encoding: chunked", "Cookie: " + "a=b;".repeat(500),
			"X: " + "x".repeat(20_000),
			" folded", "No colon", "Access-Control-Request-Method: POST", "X-Forwarded-For: ::1", "Content-Length: 3");

	private final SplittableRandom random;

	RequestFuzzer(long seed) {
		this.random = new SplittableRandom(seed);
	}

	Malformed next(FuzzedRoute route, String model) {
		var valid = pick(route.bodies()).replace("MODEL", model);
		var request = new Malformed(route);
		request.body = valid.getBytes(StandardCharsets.UTF_8);
		switch (random.nextInt(10)) {
			case 0, 1, 2, 3, 4 -> request.body = json(valid).getBytes(StandardCharsets.UTF_8);
			case 5, 6 -> request.body = bytes(request.body);
			case 7 -> {
				request.body = bytes(json(valid).getBytes(StandardCharsets.UTF_8));
				http(request);
			}
			default -> http(request);
		}
		return request;
	}

	/** Changes one to three values, and puts texts in place of values that JSON itself does not have. */
	private String json(String valid) {
		var root = Json.read(valid.getBytes(StandardCharsets.UTF_8));
		var hostile = new ArrayList<String>();
		for (int i = random.nextInt(1, 4); i > 0; i--) {
			change(root, hostile);
		}
		var text = root.toString();
		for (int i = 0; i < hostile.size(); i++) {
			text = text.replace("\"@%d@\"".formatted(i), hostile.get(i));
		}
		return random.nextInt(20) == 0 ? "{\"model\":\"x\"," + text.substring(1) : text;
	}

	private void change(JsonNode root, List<String> hostile) {
		var node = root;
		while (random.nextInt(3) > 0 && !children(node).isEmpty()) {
			var child = pick(children(node));
			if (!child.isContainer()) {
				break;
			}
			node = child;
		}
		var mark = "@%d@".formatted(hostile.size());
		hostile.add(pick(HOSTILE_VALUES));
		switch (node) {
			case ObjectNode object when random.nextInt(6) == 0 && !object.isEmpty() ->
				object.remove(pick(List.copyOf(object.propertyNames())));
			case ObjectNode object when random.nextInt(3) == 0 || object.isEmpty() -> object.put(pick(FIELDS), mark);
			case ObjectNode object -> object.put(pick(List.copyOf(object.propertyNames())), mark);
			case ArrayNode array when array.isEmpty() || random.nextBoolean() -> array.add(mark);
			case ArrayNode array -> array.set(random.nextInt(array.size()), array.stringNode(mark));
			default -> throw new IllegalStateException("Not a container: " + node);
		}
	}

	private static List<JsonNode> children(JsonNode node) {
		return node.values().stream().toList();
	}

	private byte[] bytes(byte[] body) {
		var changed = body.clone();
		int at = random.nextInt(body.length + 1);
		int length = random.nextInt(body.length - at + 1);
		return switch (random.nextInt(7)) {
			case 0 -> slice(body, 0, at);
			case 1 -> join(slice(body, 0, at), slice(body, at + length, body.length));
			case 2 -> join(slice(body, 0, at + length), slice(body, at, body.length));
			case 3 -> join(slice(body, 0, at), random(random.nextInt(1, 9)), slice(body, at, body.length));
			case 4 -> random(random.nextInt(200));
			case 5 -> new String(body, StandardCharsets.UTF_8)
					.getBytes(random.nextBoolean() ? StandardCharsets.UTF_16 : StandardCharsets.UTF_32);
			default -> {
				for (int i = random.nextInt(1, 4); i > 0; i--) {
					changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
				}
				yield changed;
			}
		};
	}

	private void http(Malformed request) {
		switch (random.nextInt(9)) {
			case 0 -> request.method = pick(METHODS);
			case 1 -> request.contentType = pick(CONTENT_TYPES);
			case 2, 3 -> request.extraHeader = pick(EXTRA_HEADERS);
			case 4 -> request.declaredLength = request.body.length + random.nextInt(1, 50);
			case 5 -> request.declaredLength = random.nextInt(Math.max(1, request.body.length));
			case 6 -> request.chunks = random.nextBoolean()
					? "valid"
					: pick(List.of("zz\r\n", "-1\r\n", "\r\n", "7fffffff\r\n", ""));
			case 7 -> request.path = pick(List.of(request.path + "/", request.path + "?a=%zz", "/" + request.path,
					request.path + "/../models", request.path.toUpperCase(Locale.ROOT), request.path + "%00",
					request.path + ";a=b", "/v1/" + "x".repeat(random.nextInt(6000)), "*",
					"http://localhost" + request.path,
					"/v1/models/%ff"));
			default -> request.version = pick(List.of("HTTP/1.0", "HTTP/2.0", "HTTP/9", "HTP/1.1", ""));
		}
	}

	private byte[] random(int length) {
		var bytes = new byte[length];
		random.nextBytes(bytes);
		return bytes;
	}

	private <T> T pick(List<T> list) {
		return list.get(random.nextInt(list.size()));
	}

	private static byte[] slice(byte[] bytes, int from, int to) {
		return Arrays.copyOfRange(bytes, from, to);
	}

	private static byte[] join(byte[]... parts) {
		var joined = new ByteArrayOutputStream();
		for (var part : parts) {
			joined.writeBytes(part);
		}
		return joined.toByteArray();
	}

	/** A request that is probably malformed. */
	static final class Malformed {

		private final FuzzedRoute route;

		private String method;

		private String path;

		private String version = "HTTP/1.1";

		private String contentType = "application/json";

		private String extraHeader = "";

		private String chunks = "";

		private int declaredLength = -1;

		private byte[] body = new byte[0];

		private Malformed(FuzzedRoute route) {
			this.route = route;
			this.method = route.method();
			this.path = route.path();
		}

		/** Whether it is certain to be understood as a request to the route, whose API then answers for it. */
		boolean reachesTheApi() {
			return path.equals(route.path());
		}

		/** Whether all of it was sent that its headers promise, and nothing else. */
		boolean isWhole() {
			return declaredLength < 0 && chunks.isEmpty() && extraHeader.isEmpty() && version.equals("HTTP/1.1")
					&& method.equals(route.method());
		}

		boolean isHead() {
			return method.equals("HEAD");
		}

		byte[] bytes() {
			var head = new StringBuilder("%s %s %s\r\nHost: localhost\r\nContent-Type: %s\r\n".formatted(method, path,
					version, contentType));
			if (!extraHeader.isEmpty()) {
				head.append(extraHeader).append("\r\n");
			}
			var framed = body;
			if (chunks.isEmpty()) {
				head.append("Content-Length: ").append(declaredLength < 0 ? body.length : declaredLength)
						.append("\r\n");
			} else {
				head.append("Transfer-Encoding: chunked\r\n");
				var size = chunks.equals("valid") ? Integer.toHexString(body.length) + "\r\n" : chunks;
				framed = join(size.getBytes(StandardCharsets.ISO_8859_1), body,
						"\r\n0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
			}
			return join(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1), framed);
		}

		@Override
		public String toString() {
			var text = new String(bytes(), StandardCharsets.ISO_8859_1);
			return text.length() > 2000 ? text.substring(0, 2000) + "..." : text;
		}

	}

}
