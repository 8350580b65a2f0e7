package dev.corral.llamacpp;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.corral.inference.EngineLoad;
import dev.corral.inference.EngineUnavailable;
import dev.corral.inference.GenerationEvent;
import dev.corral.inference.GenerationRequest;
import dev.corral.inference.InferenceFailure;
import dev.corral.inference.SamplingParameters;
import dev.corral.llamacpp.EngineSettings.Speculating;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(30)
class EngineLoopTests {

	private final FakeExecutor executor = new FakeExecutor();

	private final BlockingQueue<GenerationEvent> events = new LinkedBlockingQueue<>();

	private @Nullable Thread thread;

	@AfterEach
	void stopThread() throws InterruptedException {
		if (thread != null) {
			thread.interrupt();
			assertThat(thread.join(Duration.ofSeconds(10))).isTrue();
		}
	}

	@Test
	void runsASequenceToItsEnd() throws InterruptedException {
		var loop = start(() -> executor);

		loop.offer(new EngineCommand.Submit(sequence(3)));

		assertThat(terminal()).isInstanceOf(GenerationEvent.Finished.class);
	}

	@Test
	void failsWhatRunsAndRefusesWhatComesAfterItHasBeenClosed() throws InterruptedException {
		var loop = start(() -> executor);
		loop.offer(new EngineCommand.Submit(sequence(100_000)));
		loop.offer(new EngineCommand.Close());

		assertThat(terminal()).isInstanceOfSatisfying(GenerationEvent.Failed.class,
				failed -> assertThat(failed.failure()).isInstanceOf(InferenceFailure.EngineClosed.class));
		requireNonNull(thread).join();
		assertThat(loop.offer(new EngineCommand.Submit(sequence(1)))).isFalse();
		assertThat(loop.load()).isEqualTo(new EngineLoad(0, 0, 2));
		assertThat(executor.heldTokens()).isZero();
	}

	@Test
	void tellsEverySequenceWhenItDies() throws InterruptedException {
		var loop = start(() -> new FakeExecutor() {

			@Override
			public StepOutcome execute(StepPlan plan) {
				throw new IllegalArgumentException("a bug");
			}

		});

		loop.offer(new EngineCommand.Submit(sequence(3)));

		assertThat(terminal()).isInstanceOfSatisfying(GenerationEvent.Failed.class,
				failed -> assertThat(failed.failure()).isInstanceOf(InferenceFailure.DecodeFailed.class)
						.hasMessageContaining("the engine has stopped"));
		requireNonNull(thread).join();
		assertThat(loop.offer(new EngineCommand.Submit(sequence(3)))).isFalse();
	}

	@Test
	void passesOnWhyItCouldNotOpen() {
		var loop = start(() -> {
			throw new EngineUnavailable("no memory");
		});

		assertThatThrownBy(() -> loop.opened().join()).hasCauseInstanceOf(EngineUnavailable.class)
				.hasMessageContaining("no memory");
	}

	private EngineLoop start(Supplier<StepExecutor> open) {
		var options = new SchedulerOptions(2, 16, Integer.MAX_VALUE, Duration.ofSeconds(1), Duration.ZERO,
				Speculating.AUTO);
		var loop = new EngineLoop(open, () -> Drafter.NONE, executor, options, StateStore.NONE, NanoClock.SYSTEM);
		thread = Thread.ofPlatform().daemon().start(loop);
		return loop;
	}

	private Sequence sequence(int maxTokens) {
		var request = new GenerationRequest(List.of(1), maxTokens, SamplingParameters.GREEDY, List.of());
		return new Sequence(request, Integer.MAX_VALUE, FakeExecutor.sampler(request), events::add, () -> {
		}, 0);
	}

	private GenerationEvent terminal() throws InterruptedException {
		while (true) {
			var event = requireNonNull(events.poll(10, TimeUnit.SECONDS));
			if (event instanceof GenerationEvent.Finished || event instanceof GenerationEvent.Failed) {
				return event;
			}
		}
	}

}
