package dev.corral.upstream;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

/**
 * HTTP to one server, over a pool of connections of its own: what waits for one server holds nobody up who talks to another. Looks at the
 * server have a connection apart, which no number of streams can take. Answers are read as they come and never gathered beyond a bound.
 * Every error signal is one of {@link Faults}. Safe for any thread.
 */
final class Connection {

	/** Far more than the sequences of a worker and the requests that wait there. */
	private static final int MOST_CONNECTIONS = 2048;

	/** Before servers let go of idle connections: Corral after 75 s, others after 60 s and more, some after 5. */
	private static final Duration LONGEST_IDLE = Duration.ofSeconds(4);

	/** An error's envelope. */
	private static final int MOST_ERROR_BYTES = 64 << 10;

	private final ConnectionProvider streams;

	private final ConnectionProvider looks;

	private final HttpClient client;

	private final HttpClient looking;

	/**
	 * @param key shown with every request; {@code null} for none
	 * @param timeout longest wait for a connection, and for the answer to a look
	 */
	Connection(String name, URI url, @Nullable String key, Duration timeout) {
		streams = ConnectionProvider.builder(name).maxConnections(MOST_CONNECTIONS).pendingAcquireMaxCount(1)
				.maxIdleTime(LONGEST_IDLE).build();
		looks = ConnectionProvider.builder(name + "-looks").maxConnections(1).maxIdleTime(LONGEST_IDLE).build();
		client = client(streams, url, key, timeout);
		looking = client(looks, url, key, timeout).responseTimeout(timeout);
	}

	private static HttpClient client(ConnectionProvider provider, URI url, @Nullable String key, Duration timeout) {
		var base = url.toString();
		return HttpClient.create(provider).baseUrl(base.endsWith("/") ? base.substring(0, base.length() - 1) : base)
				.option(ChannelOption.TCP_NODELAY, true)
				.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(timeout.toMillis())).headers(headers -> {
					headers.set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON);
					if (key != null) {
						headers.set(HttpHeaderNames.AUTHORIZATION, "Bearer " + key);
					}
				});
	}

	/** The body of a short answer, within the time of a look. */
	Mono<byte[]> look(String path, int mostBytes) {
		return looking.get().uri(path).response((response, content) -> whole(response, content, mostBytes)).next()
				.onErrorMap(Faults::of);
	}

	/** The body of an answer. */
	Mono<byte[]> post(String path, byte[] body, int mostBytes) {
		return sent(path, body).response((response, content) -> whole(response, content, mostBytes)).next()
				.onErrorMap(Faults::of);
	}

	/** What {@code read} makes of an answer as it comes. Cancelling closes the connection. */
	<T> Flux<T> stream(String path, byte[] body, Function<Flux<byte[]>, Flux<T>> read) {
		return sent(path, body).<T>response((response, content) -> {
			return response.status().code() == 200
					? read.apply(content.asByteArray())
					: Connection.<T>refused(response, content).flux();
		}).onErrorMap(Faults::of);
	}

	private HttpClient.ResponseReceiver<?> sent(String path, byte[] body) {
		return client.post().uri(path).send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)));
	}

	private static Mono<byte[]> whole(HttpClientResponse response, ByteBufFlux content, int mostBytes) {
		return response.status().code() == 200
				? gathered(content, mostBytes)
				: refused(response, content);
	}

	private static <T> Mono<T> refused(HttpClientResponse response, ByteBufFlux content) {
		return gathered(content, MOST_ERROR_BYTES).defaultIfEmpty(new byte[0]).flatMap(body -> Mono.error(
				Faults.of(response.status().code(), response.responseHeaders(),
						new String(body, StandardCharsets.UTF_8))));
	}

	private static Mono<byte[]> gathered(ByteBufFlux content, int mostBytes) {
		return content.asByteArray().collect(() -> new Gathered(mostBytes), Gathered::add).map(Gathered::bytes);
	}

	void close() {
		streams.dispose();
		looks.dispose();
	}

}
