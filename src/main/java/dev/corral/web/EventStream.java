package dev.corral.web;

import java.time.Duration;

import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Server-sent events, framed byte by byte as OpenAI frames them: some clients look for {@code "data: "} with its space,
 * which Spring's encoder leaves out (WHATWG HTML, section 9.2, allows both).
 */
public final class EventStream {

	public static final String DONE = "data: [DONE]\n\n";

	/** A comment: keeps proxies from closing a silent connection, and is skipped by every parser of the format. */
	public static final String KEEP_ALIVE = ": keep-alive\n\n";

	private EventStream() {
	}

	public static String data(Object json) {
		return "data: " + Json.write(json) + "\n\n";
	}

	/** An event with a name, as the APIs have it that tell events apart by theirs. */
	public static String event(String name, Object json) {
		return "event: " + name + "\n" + data(json);
	}

	/**
	 * An event that readers who lost their connection name to be told what follows it, in {@code Last-Event-ID}.
	 *
	 * @param id without line breaks
	 */
	public static String event(String id, String name, Object json) {
		return "id: " + id + "\n" + event(name, json);
	}

	/** Adds a keep-alive whenever nothing was sent for this long, from the first frame on. */
	public static Flux<String> keptAlive(Flux<String> frames, Duration silence) {
		return keptAlive(frames, silence, false);
	}

	/**
	 * The same.
	 *
	 * @param fromTheStart whether there may be keep-alives before the first frame too, which then can no longer be an error in place of
	 * the response
	 */
	public static Flux<String> keptAlive(Flux<String> frames, Duration silence, boolean fromTheStart) {
		// Prefetch 1 all along: a slow reader must be slow towards the engine, which then merges deltas.
		return frames.publish(shared -> {
			// An error reaches the reader from the frames; from here too, it would be one too many.
			var sent = shared.onErrorComplete();
			var heard = fromTheStart ? sent.startWith("") : sent;
			var comments = heard.switchMap(_ -> Flux.interval(silence).onBackpressureDrop().map(_ -> KEEP_ALIVE))
					.takeUntilOther(sent.ignoreElements());
			return Flux.merge(1, shared, comments);
		}, 1);
	}

	/**
	 * Writes the frames, each at once. Nothing is committed before the first of them: an error until then is an error
	 * signal of the result, and the response is as if never touched.
	 */
	public static Mono<Void> write(ServerHttpResponse response, Flux<String> frames) {
		return FrameWriter.write(response, frames, headers -> headers.setContentType(MediaType.TEXT_EVENT_STREAM));
	}

}
