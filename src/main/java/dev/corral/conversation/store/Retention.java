package dev.corral.conversation.store;

import java.time.Clock;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import dev.corral.conversation.Conversations;
import reactor.core.publisher.Mono;

/** Deletes conversations that nobody has changed for as long as {@code corral.store.retention} says. */
@Component
final class Retention {

	private static final Logger log = LoggerFactory.getLogger(Retention.class);

	private final Conversations conversations;

	private final StoreSettings settings;

	private final Clock clock;

	@Autowired
	Retention(Conversations conversations, StoreSettings settings) {
		this(conversations, settings, Clock.systemUTC());
	}

	Retention(Conversations conversations, StoreSettings settings, Clock clock) {
		this.conversations = conversations;
		this.settings = settings;
		this.clock = clock;
	}

	/** Called once; what it returns is subscribed to again and again. Several servers may do this at once. */
	@Scheduled(initialDelay = 1, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
	Mono<Long> deleteOld() {
		var retention = settings.retention();
		return retention == null
				? Mono.just(0L)
				: Mono.defer(() -> conversations.deleteUnchangedSince(clock.instant().minus(retention)))
						.doOnNext(deleted -> log.info("Deleted {} conversations unchanged for {}", deleted, retention));
	}

}
