package dev.corral.llamacpp;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

import dev.corral.inference.FinishReason;
import dev.corral.inference.GenerationEvent;
import dev.corral.inference.GenerationEvent.TokenDelta;
import dev.corral.inference.InferenceFailure;
import dev.corral.inference.Timings;
import dev.corral.inference.Usage;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import static java.util.Objects.requireNonNull;

class GenerationStreamTests {

	private static final GenerationEvent ADMITTED = new GenerationEvent.Admitted();

	private static final GenerationEvent FINISHED = new GenerationEvent.Finished(FinishReason.STOP, new Usage(1, 3, 0),
			Timings.NONE);

	private final AtomicReference<GenerationStream> stream = new AtomicReference<>();

	private final Flux<GenerationEvent> generation = Flux.create(
			sink -> stream.set(new GenerationStream(sink, Schedulers.immediate())), FluxSink.OverflowStrategy.IGNORE);

	@Test
	void handsEventsOverInOrderAndCompletesAfterTheLast() {
		StepVerifier.create(generation)
				.then(() -> emit(ADMITTED, delta("a", 1), FINISHED))
				.expectNext(ADMITTED, delta("a", 1), FINISHED)
				.verifyComplete();
	}

	@Test
	void mergesTheDeltasThatASlowReaderHasNotTaken() {
		StepVerifier.create(generation, 0)
				.then(() -> emit(ADMITTED, delta("a", 1), delta("b", 2), delta("c", 3), FINISHED))
				.thenRequest(1)
				.expectNext(ADMITTED)
				.thenRequest(1)
				.expectNext(delta("abc", 1, 2, 3))
				.thenRequest(1)
				.expectNext(FINISHED)
				.verifyComplete();
	}

	@Test
	void completesAfterAFailureToo() {
		var failed = new GenerationEvent.Failed(new InferenceFailure.EngineClosed(), new Usage(1, 0, 0));

		StepVerifier.create(generation).then(() -> emit(ADMITTED, failed)).expectNext(ADMITTED, failed)
				.verifyComplete();
	}

	@Test
	void swallowsEventsAfterTheReaderHasLeft() {
		StepVerifier.create(generation)
				.then(() -> emit(ADMITTED))
				.expectNext(ADMITTED)
				.thenCancel()
				.verify();

		emit(delta("late", 9), FINISHED);
	}

	@Test
	void survivesAReaderThatLeavesWhileAnEventIsOnItsWay() {
		var time = VirtualTimeScheduler.create();
		var delayed = Flux.<GenerationEvent>create(sink -> stream.set(new GenerationStream(sink, time)),
				FluxSink.OverflowStrategy.IGNORE);

		StepVerifier.create(delayed).then(() -> emit(ADMITTED)).thenCancel().verify();

		emit(delta("late", 9));
		time.advanceTime();
	}

	private void emit(GenerationEvent... events) {
		List.of(events).forEach(requireNonNull(stream.get()));
	}

	private static TokenDelta delta(String text, Integer... tokenIds) {
		return new TokenDelta(text, List.of(tokenIds));
	}

}
