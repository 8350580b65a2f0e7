package dev.corral.generation;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.corral.inference.FakeEngine;
import dev.corral.inference.GenerationEvent;
import dev.corral.inference.GenerationEvent.Admitted;
import dev.corral.inference.GenerationRequest;
import dev.corral.inference.InferenceFailure;
import dev.corral.inference.SamplingParameters;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

class ChoicesTests {

	private final AtomicInteger cancelled = new AtomicInteger();

	@Test
	void givesTheEventsOfAllChoicesEachInItsOrder() {
		var events = merge(3, choice -> FakeEngine.reply("a" + choice, "b" + choice)).toStream().toList();

		for (int choice = 0; choice < 3; choice++) {
			int index = choice;
			assertThat(events.stream().filter(event -> event.choice() == index).map(ChoiceEvent::event))
					.containsExactlyElementsOf(FakeEngine.reply("a" + choice, "b" + choice)
							.<ReplyEvent>map(ReplyEvent.Generated::new).toIterable());
		}
	}

	@Test
	void saysNothingBeforeAllAreAdmitted() {
		var late = Sinks.many().unicast().<GenerationEvent>onBackpressureBuffer();

		StepVerifier.create(merge(2, choice -> choice == 0 ? FakeEngine.reply("a") : late.asFlux()))
				.expectSubscription()
				.then(() -> assertThat(late.tryEmitNext(new Admitted()).isSuccess()).isTrue())
				.expectNext(new ChoiceEvent(0, new ReplyEvent.Generated(new Admitted())))
				.thenCancel().verify();
	}

	@Test
	void isTheRejectionOfAnyAndCancelsTheOthers() {
		StepVerifier.create(merge(3, choice -> choice == 1
				? Flux.error(new InferenceFailure.QueueFull(1))
				: running()))
				.verifyError(InferenceFailure.QueueFull.class);

		assertThat(cancelled).hasValueGreaterThanOrEqualTo(1);
	}

	@Test
	void submitsAllAtOnce() {
		var submitted = new AtomicInteger();

		StepVerifier.create(merge(16, _ -> running().doOnSubscribe(_ -> submitted.incrementAndGet())), 0)
				.expectSubscription().then(() -> assertThat(submitted).hasValue(16)).thenCancel().verify();
	}

	@Test
	void cancelsAllWhenTheReaderLeaves() {
		StepVerifier.create(merge(3, _ -> running())).expectNextCount(3).thenCancel().verify();

		assertThat(cancelled).hasValue(3);
	}

	@Test
	void waitsForASlowReader() {
		var requested = new AtomicInteger();

		StepVerifier.create(merge(2, _ -> Flux.concat(Flux.just(new Admitted()),
				Flux.range(0, 1000).map(i -> (GenerationEvent) FakeEngine.delta("x" + i))
						.doOnNext(_ -> requested.incrementAndGet()))),
				4)
				.expectNextCount(4).thenCancel().verify();

		assertThat(requested).hasValueLessThan(12);
	}

	@Test
	void givesTheFirstChoiceTheSeedAndEachFurtherOneTheNext() {
		var request = new GenerationRequest(List.of(1), 1, SamplingParameters.DEFAULTS.withSeed(Long.MAX_VALUE),
				List.of());

		assertThat(IntStream.range(0, 3).mapToObj(choice -> Choices.request(request, choice).sampling().seed()))
				.containsExactly(Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE + 1);
	}

	@Test
	void leavesTheSeedsToTheEngineWhenNoneWasGiven() {
		var request = new GenerationRequest(List.of(1), 1, SamplingParameters.DEFAULTS, List.of());

		assertThat(Choices.request(request, 5)).isSameAs(request);
	}

	private Flux<GenerationEvent> running() {
		return Flux.concat(Flux.<GenerationEvent>just(new Admitted()), Flux.never())
				.doOnCancel(cancelled::incrementAndGet);
	}

	private static Flux<ChoiceEvent> merge(int count, IntFunction<Flux<GenerationEvent>> reply) {
		return Choices.merge(count, choice -> reply.apply(choice).map(ReplyEvent.Generated::new));
	}

}
