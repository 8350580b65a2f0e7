package dev.corral.openai;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import dev.corral.openai.RouteTable.Route;
import tools.jackson.databind.JsonNode;

/** Sends valid and hostile requests to every route of a server, as anybody, a user and an administrator. */
final class AllRoutesFuzzLoad {

	/** In every body. */
	static final String CANARY = "zebracanary";

	/** More than there are cores, so that requests meet each other. */
	private static final int CONNECTIONS = 8;

	private static final List<String> VALUES = List.of("x", "-1", "%00", "%ff", "..%2f..%2fetc%2fpasswd", "..",
			"%2e%2e",
			"a".repeat(3000), "0190c5f0-aaaa-7bbb-8ccc-ddddeeeeffff", "conv_0190c5f0aaaa7bbb8cccddddeeeeffff",
			"resp_0190c5f0aaaa7bbb8cccddddeeeeffff", "chatcmpl-0190c5f0aaaa7bbb8cccddddeeeeffff", "%F0%9F%98%80",
			"';drop%20table%20message;--", "<script>", "{x}", "null", "9".repeat(400), "x;a=b");

	private static final List<String> QUERIES = List.of("", "", "", "?limit=-1", "?limit=99999999999",
			"?after=x&order=up",
			"?q=" + CANARY, "?q=%25%5F", "?format=zip", "?stream=true&starting_after=-5", "?a=%zz", "?model=",
			"?limit=1&limit=2",
			"?metadata%5Ba%5D=b", "?include=x", "?" + "a=b&".repeat(400));

	private final int port;

	private final String model;

	private final long seed;

	private final List<String> keys;

	private final List<Route> routes;

	private final Map<Integer, AtomicInteger> statuses = new ConcurrentSkipListMap<>();

	/** @param keys of an administrator and of a user, in this order */
	AllRoutesFuzzLoad(int port, String model, long seed, List<String> keys, List<Route> routes) {
		this.port = port;
		this.model = model;
		this.seed = seed;
		this.keys = keys;
		this.routes = routes;
	}

	/** How many answers there were of each status. */
	Map<Integer, AtomicInteger> statuses() {
		return statuses;
	}

	/** Sends so many requests, spread over the routes; each is made of the seed and its number alone. */
	List<String> complaints(int requests) {
		var targets = targets();
		try (var clients = Executors.newFixedThreadPool(CONNECTIONS)) {
			var answered = IntStream.range(0, requests)
					.mapToObj(number -> CompletableFuture.supplyAsync(() -> complaint(number, targets), clients))
					.toList();
			return answered.stream().map(CompletableFuture::join).filter(Objects::nonNull).toList();
		}
	}

	/** @param described the same route with valid bodies and ids of things that there are; empty where nobody has described it */
	private record Target(Route route, List<FuzzedRoute> described) {
	}

	private List<Target> targets() {
		var conversation = ask("/api/conversations", "{\"model\":\"%s\"}".formatted(model)).path("id").asString("");
		var reply = ask("/api/conversations/%s/messages".formatted(conversation),
				"{\"content\":\"hi\",\"max_tokens\":2,\"stream\":false}");
		var targets = new ArrayList<Target>();
		for (var route : routes) {
			var described = FuzzedRoute.ALL.stream().filter(route::matches)
					.map(known -> known.on(model, conversation, reply.path("parent_id").asString(""),
							reply.path("id").asString("")))
					.map(known -> new FuzzedRoute(known.method(), known.path(),
							known.bodies().stream().map(AllRoutesFuzzLoad::marked).toList(), known.isError()))
					.toList();
			targets.add(new Target(route, described));
		}
		return targets;
	}

	private static String marked(String body) {
		return body.replace("\"hi\"", "\"hi " + CANARY + "\"");
	}

	private JsonNode ask(String path, String body) {
		try (var connection = RawClient.open(port)) {
			connection.send(
					"POST %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
							.formatted(path, keys.getLast(), body.length(), body));
			return connection.readResponse().json();
		} catch (IOException unanswered) {
			throw new UncheckedIOException(unanswered);
		}
	}

	private @Nullable String complaint(int number, List<Target> targets) {
		var random = new SplittableRandom(seed + number);
		var target = targets.get(number % targets.size());
		var route = route(target, random);
		var request = new RequestFuzzer(seed + number).next(route, model);
		int caller = random.nextInt(4);
		var bytes = called(request.bytes(), caller < keys.size() ? keys.get(caller) : caller == 2 ? null : "wrong");
		var said = "Seed %d, request %d to %s as %d: ".formatted(seed, number, target.route(), caller);
		try {
			var problem = problem(request, bytes);
			return problem == null ? null : said + problem + "\n" + request;
		} catch (IOException unanswered) {
			return said + unanswered + "\n" + request;
		}
	}

	private static FuzzedRoute route(Target target, SplittableRandom random) {
		var query = QUERIES.get(random.nextInt(QUERIES.size()));
		if (!target.described().isEmpty() && random.nextInt(4) > 0) {
			var known = target.described().get(random.nextInt(target.described().size()));
			return known.path().contains("?")
					? known
					: new FuzzedRoute(known.method(), known.path() + query, known.bodies(), known.isError());
		}
		var path = target.route().with(VALUES.get(random.nextInt(VALUES.size()))) + query;
		return new FuzzedRoute(target.route().method(), path,
				List.of("{\"a\":\"" + CANARY + "\"}", "[\"" + CANARY + "\"]", "{}"), FuzzedRoute.OPENAI);
	}

	/** With a key, and not kept alive, so that the end of an answer is that of the connection. */
	private static byte[] called(byte[] request, @Nullable String key) {
		var text = new String(request, StandardCharsets.ISO_8859_1);
		int line = text.indexOf("\r\n") + 2;
		var headers = "Connection: close\r\n" + (key == null ? "" : "Authorization: Bearer " + key + "\r\n");
		return (text.substring(0, line) + headers + text.substring(line)).getBytes(StandardCharsets.ISO_8859_1);
	}

	private static boolean readsBody(byte[] request) {
		return List.of("POST", "PUT", "PATCH").contains(
				new String(request, 0, Math.min(request.length, 8), StandardCharsets.ISO_8859_1).split(" ", 2)[0]);
	}

	private @Nullable String problem(RequestFuzzer.Malformed request, byte[] bytes) throws IOException {
		RawClient.Response response;
		try (var connection = RawClient.open(port)) {
			try {
				connection.send(bytes);
				if (!request.isWhole()) {
					connection.endSending();
				}
				response = request.isHead() ? connection.readHeadResponse() : connection.readResponse();
			} catch (EOFException hungUp) {
				// Half a request is not answered.
				return request.isWhole() ? "was not answered: " + hungUp : null;
			} catch (SocketException reset) {
				// Nor can it be; and an answer is lost where a connection is closed with a body that nobody reads (RFC 9112, section 9.6).
				return request.isWhole() && readsBody(bytes) ? "was not answered: " + reset : null;
			}
		}
		int status = response.status();
		statuses.computeIfAbsent(status, _ -> new AtomicInteger()).incrementAndGet();
		// What a server that is well may say: a model is loaded or a worker drained, and what Ollama has beside serving models is not served.
		boolean unavailable = (status == 503 || status == 501)
				&& (request.isHead() || response.body().contains("error"));
		return (status >= 500 && !unavailable) || status < 200
				? "status %d: %s".formatted(status, response.body())
				: null;
	}

}
