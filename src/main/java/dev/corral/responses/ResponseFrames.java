package dev.corral.responses;

import java.util.Locale;

import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

import dev.corral.conversation.ReplyError;
import dev.corral.generation.ReplyProgress;
import dev.corral.responses.ResponseEvent.Broken;
import dev.corral.web.ApiErrors;
import dev.corral.web.ApiSettings;
import dev.corral.web.EventStream;
import dev.corral.web.RequestIdFilter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Writes streamed responses, with comments that keep silent connections open. */
@Component
class ResponseFrames {

	private final ApiSettings settings;

	ResponseFrames(ApiSettings settings) {
		this.settings = settings;
	}

	/**
	 * A response that is stored, from its beginning at once.
	 *
	 * @param after the number of the last event that the reader has
	 */
	Mono<Void> stored(ServerWebExchange exchange, ResponseHead head, int after, Flux<ReplyProgress> reply) {
		var requestId = RequestIdFilter.idOf(exchange);
		return write(exchange, Flux.defer(() -> {
			var stream = new ResponseStream(head, after);
			// The response itself goes on, or has ended otherwise; what cannot go on is telling of it.
			return Flux.concat(Flux.fromIterable(stream.begin()), reply.concatMapIterable(stream::accept, 1))
					.onErrorResume(failure -> Mono
							.just(Broken.of(ApiErrors.of(failure, requestId), stream.nextNumber())));
		}));
	}

	/** A response that is not stored. An error before anything was told of it is an error signal. */
	Mono<Void> unstored(ServerWebExchange exchange, ResponseHead head, Flux<ReplyProgress> reply) {
		var requestId = RequestIdFilter.idOf(exchange);
		return write(exchange, Flux.defer(() -> {
			var stream = new ResponseStream(head, ResponseStream.FROM_THE_BEGINNING);
			return reply.switchOnFirst((first, all) -> first.hasValue()
					? Flux.concat(Flux.fromIterable(stream.begin()), all.concatMapIterable(stream::accept, 1)
							.onErrorResume(failure -> Flux.fromIterable(stream.fail(error(failure, requestId)))))
					: all.thenMany(Flux.empty()));
		}));
	}

	private static ReplyError error(Throwable failure, String requestId) {
		var error = ApiErrors.of(failure, requestId);
		return new ReplyError(error.code() == null ? "server_error" : error.code().toLowerCase(Locale.ROOT),
				error.message());
	}

	private Mono<Void> write(ServerWebExchange exchange, Flux<ResponseEvent> events) {
		return EventStream.write(exchange.getResponse(),
				EventStream.keptAlive(events.map(ResponseEvent::frame), settings.keepAlive()));
	}

}
