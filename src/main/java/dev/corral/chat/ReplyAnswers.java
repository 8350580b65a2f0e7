package dev.corral.chat;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

import dev.corral.conversation.Messages;
import dev.corral.conversation.Owner;
import dev.corral.conversation.StoredMessage;
import dev.corral.generation.Replies;
import dev.corral.generation.ReplyEventId;
import dev.corral.web.ApiErrors;
import dev.corral.web.ApiSettings;
import dev.corral.web.ErrorEnvelope;
import dev.corral.web.EventStream;
import dev.corral.web.RequestIdFilter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Tells replies to clients, as they come or whole. A client that hangs up ends nothing but the telling. */
@Component
class ReplyAnswers {

	private final Replies replies;

	private final Messages messages;

	private final MessageAnswers told;

	private final ApiSettings settings;

	ReplyAnswers(Replies replies, Messages messages, MessageAnswers told, ApiSettings settings) {
		this.replies = replies;
		this.messages = messages;
		this.told = told;
		this.settings = settings;
	}

	/**
	 * Answers with a reply that a client has asked for.
	 *
	 * @param opened begins it
	 * @param from how much of it the client has, once it has begun
	 */
	Mono<Void> write(ServerWebExchange exchange, Owner owner, AskedReply asked, Mono<StoredMessage> opened,
			Function<StoredMessage, ReplyEventId> from) {
		return asked.stream()
				? stream(exchange, opened.flatMapMany(reply -> frames(owner, reply, from.apply(reply))), asked.waits())
				: opened.flatMap(reply -> whole(owner, reply)).flatMap(reply -> told.of(owner, reply))
						.flatMap(reply -> Answers.write(exchange, reply));
	}

	/** Tells a reply that is there from where the reader is. */
	Mono<Void> stream(ServerWebExchange exchange, Owner owner, StoredMessage reply, ReplyEventId from) {
		return stream(exchange, frames(owner, reply, from), false);
	}

	private Flux<String> frames(Owner owner, StoredMessage reply, ReplyEventId from) {
		return ReplyFrames.of(reply, from, replies.read(owner, reply.id(), from),
				report -> told.window(owner, reply, report));
	}

	private Mono<StoredMessage> whole(Owner owner, StoredMessage reply) {
		return replies.read(owner, reply.id(), ReplyEventId.START).then(messages.find(owner, reply.id()));
	}

	/** @param waits whether it may take long until there is anything to tell, so that the client is kept in the line by comments */
	private Mono<Void> stream(ServerWebExchange exchange, Flux<String> frames, boolean waits) {
		var told = Flux.defer(() -> {
			var begun = new AtomicBoolean();
			return EventStream.keptAlive(frames, settings.keepAlive(), waits).doOnNext(_ -> begun.set(true))
					.onErrorResume(failure -> begun.get()
							? Mono.just(error(failure, exchange))
							: Mono.error(failure));
		});
		return EventStream.write(exchange.getResponse(), told);
	}

	private static String error(Throwable failure, ServerWebExchange exchange) {
		return EventStream.event("error",
				ErrorEnvelope.of(ApiErrors.of(failure, RequestIdFilter.idOf(exchange))));
	}

}
