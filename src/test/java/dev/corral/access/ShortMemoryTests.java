package dev.corral.access;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ShortMemoryTests {

	private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);

	private final ShortMemory<String> memory = new ShortMemory<>(2, Duration.ofNanos(10), now::get);

	@Test
	void forgetsAfterAMoment() {
		memory.keep("a", "1");
		now.addAndGet(9);
		assertThat(memory.find("a")).isEqualTo("1");

		now.addAndGet(1);
		assertThat(memory.find("a")).isNull();
	}

	@Test
	void forgetsWhatWasNotAskedForWhenItIsFull() {
		memory.keep("a", "1");
		memory.keep("b", "2");
		memory.find("a");
		memory.keep("c", "3");

		assertThat(memory.find("a")).isEqualTo("1");
		assertThat(memory.find("b")).isNull();
		assertThat(memory.find("c")).isEqualTo("3");
	}

	@Test
	void forgetsEverythingAtOnce() {
		memory.keep("a", "1");
		memory.forget();

		assertThat(memory.find("a")).isNull();
	}

}
