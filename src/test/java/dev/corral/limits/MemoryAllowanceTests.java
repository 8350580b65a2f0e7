package dev.corral.limits;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.corral.inference.InferenceFailure.RateLimitExceeded;
import io.github.bucket4j.TimeMeter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MemoryAllowanceTests {

	private final Time time = new Time();

	@Test
	void refusesTheRequestBeyondTheLimitUntilTheMinuteHasGivenOneBack() {
		var allowance = allowance(new Limits(2, 0, 0, 0));
		allowance.request(0).block();
		allowance.request(0).block();

		assertThatThrownBy(() -> allowance.request(0).block()).isInstanceOf(RateLimitExceeded.class).hasMessage(
				"This API key may use 2 requests per minute, but with this request it would be 3. Retry in 30 s.");
		time.pass(Duration.ofSeconds(30));

		assertThat(left(allowance.request(0).block()).requests())
				.isEqualTo(new Standing.Window(2, 0, Duration.ofMinutes(1)));
	}

	@Test
	void setsPromptsAsideAndEvensOutWhatRepliesUsed() {
		var allowance = allowance(new Limits(0, 100, 0, 0));

		assertThat(remaining(allowance.reply(40).block())).isEqualTo(60);
		allowance.ended(40, 50);
		assertThat(remaining(allowance.standing().block())).isEqualTo(50);
		allowance.reply(30).block();
		allowance.ended(30, 0);

		assertThat(remaining(allowance.standing().block())).isEqualTo(50);
	}

	@Test
	void hasLaterRequestsWaitForWhatAReplyUsedBeyondTheLimit() {
		var allowance = allowance(new Limits(0, 60, 0, 0));
		allowance.reply(10).block();
		allowance.ended(10, 90);

		assertThatThrownBy(() -> allowance.reply(10).block()).isInstanceOfSatisfying(RateLimitExceeded.class,
				refused -> assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(40)));
		time.pass(Duration.ofSeconds(40));

		assertThat(remaining(allowance.reply(10).block())).isZero();
	}

	@Test
	void letsAPromptLargerThanTheLimitInWhenNothingElseWasUsed() {
		var allowance = allowance(new Limits(0, 60, 0, 0));

		assertThat(remaining(allowance.reply(500).block())).isZero();
		assertThatThrownBy(() -> allowance.reply(1).block()).isInstanceOf(RateLimitExceeded.class);
	}

	@Test
	void takesNoMoreRepliesAtOnceThanTheLimitAndGivesPlacesBack() {
		var allowance = allowance(new Limits(0, 0, 1, 0));
		allowance.reply(1).block();

		assertThatThrownBy(() -> allowance.request(1).block()).hasMessage(
				"This API key may use 1 concurrent replies, but with this request it would be 2. Retry in 2 s.");
		allowance.ended(1, 1);

		assertThat(allowance.reply(1).blockOptional()).isPresent();
	}

	@Test
	void beginsTheDayAnewAtMidnightInUtc() {
		var allowance = allowance(new Limits(0, 0, 0, 100));
		allowance.reply(90).block();
		allowance.ended(90, 95);

		assertThatThrownBy(() -> allowance.reply(10).block()).isInstanceOfSatisfying(RateLimitExceeded.class,
				refused -> assertThat(refused.retryAfter()).isEqualTo(Duration.ofHours(12)));
		time.pass(Duration.ofHours(12));

		assertThat(remaining(allowance.reply(10).block())).isEqualTo(90);
	}

	@Test
	void takesNothingForWhatItRefuses() {
		var allowance = allowance(new Limits(5, 10, 0, 0));
		allowance.reply(10).block();

		assertThatThrownBy(() -> allowance.request(10).block()).isInstanceOf(RateLimitExceeded.class);

		var requests = left(allowance.standing().block()).requests();
		assertThat(requests).isEqualTo(new Standing.Window(5, 5, Duration.ZERO));
	}

	private MemoryAllowance allowance(Limits limits) {
		return new MemoryAllowance(limits, time, time.clock);
	}

	private static Standing left(@Nullable Standing standing) {
		return Objects.requireNonNull(standing);
	}

	private static long remaining(@Nullable Standing standing) {
		return Objects.requireNonNull(left(standing).tokens()).remaining();
	}

	/** Stands still at noon. */
	private static final class Time implements TimeMeter {

		private Instant now = Instant.parse("2026-11-23T12:00:00Z");

		private final Clock clock = new Clock() {

			@Override
			public Instant instant() {
				return now;
			}

			@Override
			public ZoneId getZone() {
				return ZoneOffset.UTC;
			}

			@Override
			public Clock withZone(ZoneId zone) {
				return this;
			}

		};

		void pass(Duration time) {
			now = now.plus(time);
		}

		@Override
		public long currentTimeNanos() {
			return now.toEpochMilli() * 1_000_000;
		}

		@Override
		public boolean isWallClockBased() {
			return false;
		}

	}

}
