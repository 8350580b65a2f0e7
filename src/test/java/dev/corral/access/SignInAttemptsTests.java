package dev.corral.access;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SignInAttemptsTests {

	private static final InetSocketAddress ADA = new InetSocketAddress("10.0.0.7", 1);

	private final AtomicLong now = new AtomicLong(42);

	private final SignInAttempts attempts = new SignInAttempts(now::get);

	@Test
	void makesWhoeverGuessesWaitLongerAndLonger() {
		fail(ADA, SignInAttempts.FREE - 1);
		assertThat(attempts.pause(ADA)).isZero();

		fail(ADA, 1);
		assertThat(attempts.pause(ADA)).isEqualTo(Duration.ofSeconds(1));
		fail(ADA, 1);
		assertThat(attempts.pause(ADA)).isEqualTo(Duration.ofSeconds(2));
		fail(ADA, 1000);
		assertThat(attempts.pause(ADA)).isEqualTo(SignInAttempts.LONGEST);

		now.addAndGet(SignInAttempts.LONGEST.minusSeconds(1).toNanos());
		assertThat(attempts.pause(ADA)).isEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void forgivesWithTimeAndWithARightKey() {
		fail(ADA, 50);
		now.addAndGet(SignInAttempts.LONGEST.plusSeconds(1).toNanos());

		fail(ADA, 1);
		assertThat(attempts.pause(ADA)).isZero();

		fail(ADA, 50);
		attempts.succeeded(ADA);
		assertThat(attempts.pause(ADA)).isZero();
	}

	@Test
	void takesTheAddressesOfOneNetworkForOne() {
		fail(new InetSocketAddress("2001:db8:1:2::1", 1), 30);
		fail(new InetSocketAddress("2001:db8:1:2:ffff::2", 2), 30);

		assertThat(attempts.pause(new InetSocketAddress("2001:db8:1:2::3", 3))).isPositive();
		assertThat(attempts.pause(new InetSocketAddress("2001:db8:1:3::1", 1))).isZero();
		assertThat(attempts.pause(ADA)).isZero();
		assertThat(attempts.pause(null)).isZero();
	}

	@Test
	void forgetsTheLongestUnheardOfWhenThereAreTooMany() {
		fail(ADA, 50);
		for (int i = 0; i < 10_000; i++) {
			fail(new InetSocketAddress("11.0.%d.%d".formatted(i / 256, i % 256), 1), 1);
		}

		assertThat(attempts.pause(ADA)).isZero();
	}

	private void fail(InetSocketAddress address, int times) {
		for (int i = 0; i < times; i++) {
			attempts.failed(address);
		}
	}

}
