package dev.corral.cli.bench;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

import dev.corral.inference.InvalidParameter;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A server of the OpenAI API. Arrival times are taken by the thread that reads the socket, so nothing but the kernel lies between a
 * delta and its time.
 */
final class HttpTarget implements Target {

	private static final int MOST_CONNECTIONS = 16_384;

	private static final int OK = 200;

	private final URI url;

	private final Duration timeout;

	/** One thread reads all streams: the machine's other cores are the server's. */
	private final LoopResources loop = LoopResources.create("bench", 1, true);

	private final ConnectionProvider connections = ConnectionProvider.builder("bench").maxConnections(MOST_CONNECTIONS)
			.build();

	private final HttpClient client;

	private final String model;

	private final RequestBody requests;

	/**
	 * @param url with or without {@code /v1}
	 * @param model {@code null} takes the first that the server lists
	 * @param timeout of one whole reply
	 * @throws InvalidParameter if the URL is none
	 * @throws BenchFailed if no server answers there, or none that lists models
	 */
	HttpTarget(String url, @Nullable String model, @Nullable String apiKey, Duration timeout, Sampling sampling) {
		this.url = parse(url);
		this.timeout = timeout;
		this.client = HttpClient.create(connections).runOn(loop).headers(headers -> {
			headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json");
			if (apiKey != null) {
				headers.set(HttpHeaderNames.AUTHORIZATION, "Bearer " + apiKey);
			}
		});
		try {
			this.model = model != null ? model : firstModel();
			this.requests = new RequestBody(this.model, sampling);
		} catch (RuntimeException failure) {
			close();
			throw failure;
		}
	}

	@Override
	public String name() {
		return url.toString();
	}

	@Override
	public String model() {
		return model;
	}

	@Override
	public Sample send(Call call, Runnable onDelta) {
		var body = requests.of(call);
		var reply = new ReplyRecorder(call, onDelta);
		try {
			client.post().uri(url + "/chat/completions").send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)))
					.response((response, content) -> receive(response, content, reply)).then().timeout(timeout).block();
		} catch (RuntimeException failure) {
			reply.failed(failure(failure));
		}
		return reply.sample();
	}

	private static Publisher<Void> receive(HttpClientResponse response, ByteBufFlux content, ReplyRecorder reply) {
		int status = response.status().code();
		if (status != OK) {
			return content.aggregate().asString().defaultIfEmpty("")
					.doOnNext(body -> reply.failed(Failure.http(status, body))).then();
		}
		var reader = new ChunkReader(reply);
		// Cancelling what is not wanted any more closes the connection, which is how clients hang up.
		return content.doOnNext(bytes -> reader.accept(ByteBufUtil.getBytes(bytes), System.nanoTime()))
				.takeUntil(_ -> reply.over()).then();
	}

	private Failure failure(RuntimeException failure) {
		var cause = Exceptions.unwrap(failure);
		// Netty puts the name of the system call in front.
		var detail = String.valueOf(cause.getMessage())
				.replaceFirst("^\\w+\\(\\.\\.\\) failed with error\\(-?\\d+\\): ", "");
		return switch (cause) {
			case TimeoutException _ -> new Failure(Failure.TIMEOUT, "no complete reply after " + timeout);
			case ConnectException _,UnknownHostException _ -> new Failure(Failure.CONNECT, detail);
			case IOException _ -> new Failure(Failure.BROKEN_STREAM, detail);
			default -> throw failure;
		};
	}

	private String firstModel() {
		record Answer(int status, String body) {
		}
		try {
			var answer = client.get().uri(url + "/models")
					.responseSingle((response, content) -> content.asString().defaultIfEmpty("")
							.map(body -> new Answer(response.status().code(), body)))
					.timeout(timeout).blockOptional().orElseThrow();
			if (answer.status() != OK) {
				throw new BenchFailed("%s/models answers with status %d: %s".formatted(url, answer.status(),
						Failure.http(answer.status(), answer.body()).detail()));
			}
			var id = JsonMapper.shared().readTree(answer.body()).path("data").path(0).path("id");
			if (!id.isString()) {
				throw new BenchFailed("%s/models lists no model; name one with --model.".formatted(url));
			}
			return id.asString();
		} catch (JacksonException notJson) {
			throw new BenchFailed("%s/models does not answer with JSON; is this a server of the OpenAI API?"
					.formatted(url));
		} catch (BenchFailed failure) {
			throw failure;
		} catch (RuntimeException failure) {
			throw new BenchFailed("No server answers at %s: %s".formatted(url, failure(failure).detail()));
		}
	}

	private static URI parse(String url) {
		try {
			var parsed = new URI(url.replaceFirst("/+$", ""));
			if (parsed.getHost() == null
					|| !("http".equals(parsed.getScheme()) || "https".equals(parsed.getScheme()))) {
				throw new InvalidParameter("URL", "must begin with http:// or https:// and a host, but is " + url);
			}
			return parsed.getPath().endsWith("/v1") ? parsed : URI.create(parsed + "/v1");
		} catch (URISyntaxException invalid) {
			throw new InvalidParameter("URL", "is no URL: " + invalid.getMessage());
		}
	}

	@Override
	public void close() {
		connections.dispose();
		loop.dispose();
	}

}
