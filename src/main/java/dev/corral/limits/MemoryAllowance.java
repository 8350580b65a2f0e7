package dev.corral.limits;

import java.time.Clock;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.InferenceFailure;
import dev.corral.inference.InferenceFailure.RateLimitExceeded;
import dev.corral.limits.Standing.Window;
import io.github.bucket4j.TimeMeter;
import reactor.core.publisher.Mono;

/**
 * What is left to one key, in memory. Requests and tokens of a minute are buckets that fill up steadily; what a reply used beyond what was left
 * is a debt that later requests wait for.
 */
final class MemoryAllowance implements Allowance {

	/** Replies end when they end; soon enough to try again. */
	private static final Duration REPLY_RETRY = Duration.ofSeconds(2);

	private final Limits limits;

	private final @Nullable MinuteBucket requests;

	private final @Nullable MinuteBucket tokens;

	private final DailyTokens daily;

	private long replies;

	MemoryAllowance(Limits limits, TimeMeter time, Clock clock) {
		this.limits = limits;
		this.requests = limits.requestsPerMinute() == 0 ? null : new MinuteBucket(limits.requestsPerMinute(), time);
		this.tokens = limits.tokensPerMinute() == 0 ? null : new MinuteBucket(limits.tokensPerMinute(), time);
		this.daily = new DailyTokens(limits.dailyTokens(), clock);
	}

	Limits limits() {
		return limits;
	}

	@Override
	public Mono<Standing> request(int promptTokens) {
		return Mono.fromSupplier(() -> takeRequest(promptTokens));
	}

	@Override
	public Mono<Standing> reply(int promptTokens) {
		return Mono.fromSupplier(() -> takeReply(promptTokens));
	}

	@Override
	public Mono<Standing> standing() {
		return Mono.fromSupplier(this::left);
	}

	private synchronized Standing takeRequest(int promptTokens) {
		checkReply(promptTokens);
		if (requests != null) {
			var wait = requests.until(1);
			if (wait.isPositive()) {
				throw new RateLimitExceeded("requests per minute", requests.limit(), requests.used() + 1, wait);
			}
			requests.take(1);
		}
		return left();
	}

	private synchronized Standing takeReply(int promptTokens) {
		checkReply(promptTokens);
		replies++;
		if (tokens != null) {
			tokens.take(promptTokens);
		}
		daily.take(promptTokens);
		return left();
	}

	/** @throws InferenceFailure.RateLimitExceeded if a reply to a prompt of this size cannot begin now */
	private void checkReply(int promptTokens) {
		if (limits.concurrentReplies() > 0 && replies >= limits.concurrentReplies()) {
			throw new RateLimitExceeded("concurrent replies", limits.concurrentReplies(), replies + 1, REPLY_RETRY);
		}
		if (tokens != null) {
			// A prompt larger than the limit has to wait for a full bucket, and those behind it for what it owes.
			var wait = tokens.until(Math.max(1, Math.min(promptTokens, tokens.limit())));
			if (wait.isPositive()) {
				throw new RateLimitExceeded("tokens per minute", tokens.limit(), tokens.used() + promptTokens, wait);
			}
		}
		daily.check(promptTokens);
	}

	@Override
	public synchronized void ended(int taken, long used) {
		replies--;
		if (tokens != null) {
			tokens.take(used - taken);
		}
		daily.take(used - taken);
	}

	private synchronized Standing left() {
		var minute = tokens == null ? null : tokens.window();
		var day = limits.dailyTokens() == 0 ? null : daily.window();
		return new Standing(requests == null ? null : requests.window(), tighter(minute, day));
	}

	private static @Nullable Window tighter(@Nullable Window minute, @Nullable Window day) {
		if (minute == null || day == null) {
			return minute == null ? day : minute;
		}
		return day.remaining() < minute.remaining() ? day : minute;
	}

}
