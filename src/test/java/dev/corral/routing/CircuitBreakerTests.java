package dev.corral.routing;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CircuitBreakerTests {

	private final AtomicLong now = new AtomicLong();

	private final CircuitBreaker circuit = new CircuitBreaker(now::get);

	@Test
	void opensWhenTheWorkerIsLost() {
		circuit.lost();

		assertThat(circuit.enter()).isFalse();
		assertThat(circuit.open()).isTrue();
	}

	@Test
	void opensAfterFailuresInARow() {
		circuit.failed();
		circuit.failed();
		circuit.answered();
		circuit.failed();
		circuit.failed();
		assertThat(circuit.enter()).isTrue();

		circuit.failed();

		assertThat(circuit.enter()).isFalse();
	}

	@Test
	void letsOneRequestTryAfterAPause() {
		circuit.lost();
		pass(CircuitBreaker.SHORTEST_PAUSE.minusNanos(1));
		assertThat(circuit.enter()).isFalse();

		pass(Duration.ofNanos(1));

		assertThat(circuit.enter()).isTrue();
		assertThat(circuit.enter()).isFalse();
		circuit.answered();
		assertThat(circuit.enter()).isTrue();
		assertThat(circuit.enter()).isTrue();
	}

	@Test
	void pausesLongerEachTimeUpToABound() {
		circuit.lost();
		var pause = CircuitBreaker.SHORTEST_PAUSE;
		for (int i = 0; i < 10; i++) {
			pass(pause);
			assertThat(circuit.enter()).isTrue();
			circuit.lost();
			pause = pause.multipliedBy(2);
			if (pause.compareTo(CircuitBreaker.LONGEST_PAUSE) > 0) {
				pause = CircuitBreaker.LONGEST_PAUSE;
			}
			pass(pause.minusNanos(1));
			assertThat(circuit.allows()).isFalse();
			pass(pause.negated().plusNanos(1));
		}
	}

	@Test
	void doesNotPauseLongerForThoseWhoWereLostTogether() {
		circuit.lost();
		circuit.lost();
		circuit.lost();

		pass(CircuitBreaker.SHORTEST_PAUSE);

		assertThat(circuit.enter()).isTrue();
	}

	@Test
	void letsAnotherTryWhenTheFirstWasCancelled() {
		circuit.lost();
		pass(CircuitBreaker.SHORTEST_PAUSE);
		circuit.enter();

		circuit.undecided();

		assertThat(circuit.enter()).isTrue();
	}

	private void pass(Duration time) {
		now.addAndGet(time.toNanos());
	}

}
