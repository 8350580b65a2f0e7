package dev.corral.web;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpResponse;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Writes a response that comes in pieces. */
final class FrameWriter {

	private FrameWriter() {
	}

	/**
	 * Writes the frames, each at once. Nothing is committed before the first of them: an error until then is an error
	 * signal of the result, and the response is as if never touched.
	 *
	 * @param describe says in the headers what the frames are
	 */
	static Mono<Void> write(ServerHttpResponse response, Flux<String> frames, Consumer<HttpHeaders> describe) {
		return response.writeAndFlushWith(frames.switchOnFirst((first, all) -> {
			if (first.hasValue()) {
				describe.accept(response.getHeaders());
				response.getHeaders().setCacheControl("no-cache");
				// Tells nginx not to collect the stream before passing it on.
				response.getHeaders().set("X-Accel-Buffering", "no");
			}
			return all;
		}).map(frame -> Mono
				.fromSupplier(() -> response.bufferFactory().wrap(frame.getBytes(StandardCharsets.UTF_8)))));
	}

}
