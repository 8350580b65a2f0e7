package dev.corral.usage;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import dev.corral.usage.totals.Amount;
import dev.corral.usage.totals.Spender;
import dev.corral.usage.totals.UsageStore;
import jakarta.annotation.PreDestroy;
import reactor.core.publisher.Mono;

/** Brings usage into the database, so often that a server which is killed loses little of it. */
@Component
class UsageSaving {

	private static final Logger log = LoggerFactory.getLogger(UsageSaving.class);

	/** What a killed server can lose: the replies that ended in so many seconds. */
	private static final int INTERVAL_SECONDS = 5;

	private static final Duration LONGEST_SHUTDOWN = Duration.ofSeconds(10);

	private final UnsavedUsage unsaved;

	private final UsageStore store;

	UsageSaving(UnsavedUsage unsaved, UsageStore store) {
		this.unsaved = unsaved;
		this.store = store;
	}

	/** Called once; what it returns is subscribed to again and again. */
	@Scheduled(initialDelay = INTERVAL_SECONDS, fixedDelay = INTERVAL_SECONDS, timeUnit = TimeUnit.SECONDS)
	Mono<Void> saveRegularly() {
		return save().onErrorResume(failure -> {
			log.warn("Usage could not be saved; it is kept in memory until it can", failure);
			return Mono.empty();
		});
	}

	/** Saves all there is now. Where there is an error signal, or it is given up, that is kept for the next time. */
	Mono<Void> save() {
		return Mono.defer(() -> {
			var taken = unsaved.take();
			return taken.isEmpty() ? Mono.empty() : save(taken);
		});
	}

	private Mono<Void> save(Map<Spender, Amount> taken) {
		return store.add(taken).doOnError(_ -> unsaved.add(taken)).doOnCancel(() -> unsaved.add(taken));
	}

	/** After the last reply has ended, and before the database is closed. */
	@PreDestroy
	void saveTheRest() {
		saveRegularly().block(LONGEST_SHUTDOWN);
	}

}
