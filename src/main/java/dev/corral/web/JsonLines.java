package dev.corral.web;

import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A stream of JSON values, each on a line of its own (NDJSON). The format knows no comments, so nothing keeps a silent one alive. */
public final class JsonLines {

	private JsonLines() {
	}

	public static String line(Object json) {
		return Json.write(json) + "\n";
	}

	/**
	 * Writes the lines, each at once. Nothing is committed before the first of them: an error until then is an error
	 * signal of the result, and the response is as if never touched.
	 */
	public static Mono<Void> write(ServerHttpResponse response, Flux<String> lines) {
		return FrameWriter.write(response, lines, headers -> headers.setContentType(MediaType.APPLICATION_NDJSON));
	}

}
