package dev.corral.upstream;

import java.time.Duration;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RestartPausesTests {

	private final RestartPauses pauses = new RestartPauses();

	@Test
	void startsAProcessThatDiesAgainAndAgainMoreAndMoreSeldom() {
		var millis = IntStream.range(0, 9).mapToLong(_ -> pauses.after(Duration.ofSeconds(1)).toMillis()).toArray();

		assertThat(millis).containsExactly(0, 500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000);
	}

	@Test
	void forgetsWhatWasBeforeALongLife() {
		IntStream.range(0, 5).forEach(_ -> pauses.after(Duration.ZERO));

		assertThat(pauses.after(RestartPauses.LONG_LIFE)).isZero();
		assertThat(pauses.after(Duration.ZERO)).hasMillis(500);
	}

}
