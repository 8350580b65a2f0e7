package dev.corral.openai;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends malformed requests to a server and judges how it answers. */
final class FuzzLoad {

	/** More than there are cores, so that requests meet each other. */
	private static final int CONNECTIONS = 8;

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private final int port;

	private final String model;

	private final long seed;

	FuzzLoad(int port, String model, long seed) {
		this.port = port;
		this.model = model;
		this.seed = seed;
	}

	/** Sends so many requests, spread over the routes; each is made of the seed and its number alone. */
	List<String> complaints(int requests) {
		var routes = routes();
		try (var clients = Executors.newFixedThreadPool(CONNECTIONS)) {
			var answered = IntStream.range(0, requests)
					.mapToObj(number -> CompletableFuture.supplyAsync(() -> complaint(number, routes), clients))
					.toList();
			return answered.stream().map(CompletableFuture::join).filter(Objects::nonNull).toList();
		}
	}

	/** All routes, on a conversation made for them. */
	private List<FuzzedRoute> routes() {
		var conversation = ask("/api/conversations", "{\"model\":\"%s\"}".formatted(model)).path("id").stringValue("");
		var reply = ask("/api/conversations/%s/messages".formatted(conversation),
				"{\"content\":\"hi\",\"max_tokens\":2,\"stream\":false}");
		return FuzzedRoute.ALL.stream()
				.map(route -> route.on(model, conversation, reply.path("parent_id").stringValue(""),
						reply.path("id").stringValue("")))
				.toList();
	}

	private JsonNode ask(String path, String body) {
		try (var connection = RawClient.post(port, path, body)) {
			return connection.readResponse().json();
		} catch (IOException unanswered) {
			throw new UncheckedIOException(unanswered);
		}
	}

	private @Nullable String complaint(int number, List<FuzzedRoute> routes) {
		var route = routes.get(number % routes.size());
		var request = new RequestFuzzer(seed + number).next(route, model);
		try {
			var problem = problem(request, route);
			return problem == null ? null : "Seed %d, request %d: %s\n%s".formatted(seed, number, problem, request);
		} catch (IOException unanswered) {
			return "Seed %d, request %d: %s\n%s".formatted(seed, number, unanswered, request);
		}
	}

	private @Nullable String problem(RequestFuzzer.Malformed request, FuzzedRoute route) throws IOException {
		RawClient.Response response;
		try (var connection = RawClient.open(port)) {
			try {
				connection.send(request.bytes());
				if (!request.isWhole()) {
					connection.endSending();
				}
				response = request.isHead() ? connection.readHeadResponse() : connection.readResponse();
			} catch (EOFException | SocketException hungUp) {
				// Half a request is not answered, and what was sent behind the end of one may be cut off with its answer.
				return request.isWhole() ? "was not answered: " + hungUp : null;
			}
		}
		return judge(request, route, response);
	}

	private static @Nullable String judge(RequestFuzzer.Malformed request, FuzzedRoute route,
			RawClient.Response response) {
		int status = response.status();
		if (status >= 500 || status == 422 || status < 200) {
			return "status %d: %s".formatted(status, response.body());
		}
		if (!response.headers().containsKey("x-request-id")) {
			return "status %d without an id".formatted(status);
		}
		if (status >= 400 && request.reachesTheApi() && !request.isHead() && !isError(request, route, response)) {
			return "status %d with %s".formatted(status, response.body());
		}
		return status < 300 && !request.isHead() && !isJson(response)
				? "status %d with %s".formatted(status, response.body())
				: null;
	}

	private static boolean isError(RequestFuzzer.Malformed request, FuzzedRoute route, RawClient.Response response) {
		return "application/json".equals(response.headers().get("content-type"))
				&& (route.isError().test(response.json())
						|| (!request.isWhole() && FuzzedRoute.OPENAI.test(response.json())));
	}

	/** Whether a success is JSON, or events that are. */
	private static boolean isJson(RawClient.Response response) {
		try {
			if ("text/event-stream".equals(response.headers().get("content-type"))) {
				response.body().lines().filter(line -> line.startsWith("data: {")).map(line -> line.substring(6))
						.forEach(FuzzLoad::read);
			} else if ("application/x-ndjson".equals(response.headers().get("content-type"))) {
				response.body().lines().forEach(FuzzLoad::read);
			} else if (!response.body().isEmpty()) {
				read(response.body());
			}
			return true;
		} catch (JacksonException malformed) {
			return false;
		}
	}

	/** Without the limits that requests have: answers may be long. */
	private static void read(String json) {
		MAPPER.readTree(json);
	}

}
