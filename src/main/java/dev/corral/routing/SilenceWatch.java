package dev.corral.routing;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import dev.corral.inference.GenerationEvent;
import dev.corral.inference.GenerationEvent.Admitted;
import dev.corral.inference.GenerationEvent.PromptProcessed;
import dev.corral.inference.WorkStatistics;
import reactor.core.publisher.Mono;

/**
 * Notices that a replica does not work on a reply any more, although it says no such thing. Signs of life are the reply's events and
 * whatever the replica computes meanwhile, for others too: a reply may have to wait for them. A reader who takes nothing waits for
 * nothing, so that is no silence. Safe for any thread.
 */
final class SilenceWatch {

	/** A prompt may take so many times as long as it would at the replica's usual rate, for there are others to compute. */
	private static final int SLOWER = 4;

	/** Longest silence while a prompt is read, in stall timeouts; also where no rate is known. */
	private static final int LONGEST_PREFILL = 12;

	private final Replica replica;

	private final Pooling pooling;

	private final int promptTokens;

	/** Events that the reader has asked for and not got. */
	private final AtomicLong owed = new AtomicLong();

	private volatile Duration patience;

	private volatile long signNanos;

	private volatile WorkStatistics work;

	SilenceWatch(Replica replica, int promptTokens, Pooling pooling) {
		this.replica = replica;
		this.promptTokens = promptTokens;
		this.pooling = pooling;
		this.patience = pooling.settings().stallTimeout();
		this.signNanos = pooling.nanos().getAsLong();
		this.work = replica.engine().work();
	}

	/** The reader asks for more events. */
	void asked(long events) {
		if (owed.getAndAccumulate(events, SilenceWatch::sum) == 0) {
			sign();
		}
	}

	/** An event is there. */
	void heard(GenerationEvent event) {
		owed.updateAndGet(count -> count == Long.MAX_VALUE || count == 0 ? count : count - 1);
		if (event instanceof Admitted) {
			patience = prefill();
		} else if (event instanceof PromptProcessed) {
			patience = pooling.settings().stallTimeout();
		}
		sign();
	}

	/** Completes with the first silence that is too long. */
	Mono<Boolean> silence() {
		return Mono.defer(() -> Mono.delay(left(), pooling.scheduler())).map(_ -> tooLong())
				.filter(Boolean::booleanValue)
				.repeatWhenEmpty(looks -> looks);
	}

	private Duration left() {
		var left = patience.minusNanos(pooling.nanos().getAsLong() - signNanos);
		// Nothing is owed for long: then it is looked at seldom.
		return left.isPositive() ? left : patience;
	}

	private boolean tooLong() {
		var now = replica.engine().work();
		if (!now.equals(work)) {
			work = now;
			sign();
		}
		return owed.get() > 0 && pooling.nanos().getAsLong() - signNanos >= patience.toNanos();
	}

	private void sign() {
		signNanos = pooling.nanos().getAsLong();
	}

	private Duration prefill() {
		var stall = pooling.settings().stallTimeout();
		var longest = stall.multipliedBy(LONGEST_PREFILL);
		var done = replica.engine().work();
		double rate = Candidate.rate(done.prefillTokens(), done.prefill());
		if (rate == 0) {
			return longest;
		}
		var expected = stall.plusNanos((long) (SLOWER * promptTokens / rate * 1e9));
		return expected.compareTo(longest) < 0 ? expected : longest;
	}

	private static long sum(long one, long other) {
		return one + other < 0 ? Long.MAX_VALUE : one + other;
	}

}
