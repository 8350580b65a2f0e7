package dev.corral.generation;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import dev.corral.conversation.ReplyStore;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Ends the replies of servers that have died, so that they can be continued. */
@Component
class AbandonedReplies {

	private static final Logger log = LoggerFactory.getLogger(AbandonedReplies.class);

	private final ReplyStore store;

	private final ReplyClock clock = ReplyClock.system();

	AbandonedReplies(ReplyStore store) {
		this.store = store;
	}

	/** Called once; what it returns is subscribed to again and again. */
	@Scheduled(fixedDelayString = "${corral.replies.save-interval}")
	Mono<Void> interrupt() {
		return Flux.defer(() -> store.interruptAbandoned(clock.now()))
				.doOnNext(reply -> log.atWarn().addKeyValue("reply_id", reply.toString())
						.log("Reply {} was interrupted: its server is gone", reply))
				.onErrorResume(failure -> {
					log.warn("Abandoned replies could not be looked for", failure);
					return Mono.empty();
				}).then();
	}

}
