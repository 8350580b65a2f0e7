package dev.corral.routing;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import reactor.core.publisher.Mono;

/**
 * Waits of one request for a replica that takes it, while none does and some are expected back. All waits of one outage together take at
 * most {@link RoutingSettings#recoveryTimeout}; an outage is over when a replica has {@link #over taken the request}. Not safe for
 * threads: waits follow each other.
 */
final class Recovery {

	/** From one look at the workers to the next: short beside what a worker takes to start, and a look costs microseconds. */
	static final Duration PAUSE = Duration.ofMillis(100);

	/** Of a request that was let in and turned away again, because a replica has no room or is lost after all. */
	static final Duration LONGEST_PAUSE = Duration.ofMillis(1600);

	private final Replicas replicas;

	private final Pooling pooling;

	private boolean outage;

	private Duration pause = PAUSE;

	private long begunNanos;

	Recovery(Replicas replicas, Pooling pooling) {
		this.replicas = replicas;
		this.pooling = pooling;
	}

	/** A replica has taken the request. */
	void over() {
		outage = false;
		pause = PAUSE;
	}

	/**
	 * Whether a replica takes requests, told as soon as one does, or when none is expected any more or time is up. It is told after a pause,
	 * which is twice as long with each wait of an outage, so that a request may come back here after each try.
	 *
	 * @param longest may be negative, and then ends the wait too
	 */
	Mono<Boolean> replica(Duration longest) {
		return Mono.defer(() -> {
			long now = pooling.nanos().getAsLong();
			if (!outage) {
				outage = true;
				begunNanos = now;
			}
			var left = pooling.settings().recoveryTimeout().minusNanos(now - begunNanos);
			var shorter = left.compareTo(longest) < 0 ? left : longest;
			return shorter.isPositive() && replicas.expected() ? looks(now + shorter.toNanos()) : Mono.just(false);
		});
	}

	private Mono<Boolean> looks(long endNanos) {
		var shown = new AtomicReference<>(RoutingCounters.Wait.CANCELLED);
		var looks = Mono.delay(pause, pooling.scheduler()).flatMap(_ -> look(endNanos)).repeatWhenEmpty(again -> again);
		pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : pause;
		return looks.doOnSubscribe(_ -> pooling.counters().waitBegun())
				.doOnNext(found -> shown.set(found ? RoutingCounters.Wait.RECOVERED : RoutingCounters.Wait.FAILED))
				.doFinally(_ -> pooling.counters().waited(shown.get()));
	}

	/** Nothing as long as it is open. */
	private Mono<Boolean> look(long endNanos) {
		if (replicas.ready().stream().anyMatch(Replica::takesRequests)) {
			return Mono.just(true);
		}
		boolean over = pooling.nanos().getAsLong() - endNanos >= 0 || !replicas.expected();
		return over ? Mono.just(false) : Mono.empty();
	}

}
