package dev.corral.llamacpp;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.corral.inference.GenerationEvent;
import dev.corral.inference.GenerationRequest;
import dev.corral.inference.InferenceFailure;
import dev.corral.inference.SamplingParameters;

import static org.assertj.core.api.Assertions.assertThat;

class SwappingTests {

	@Test
	void servesAHigherPriorityAtOnceAndTheOtherOneAfterwards() {
		var engine = new SchedulerFixture(1, 64);
		var ordinary = engine.submit(request(1, 50, 20, 0));
		IntStream.range(0, 5).forEach(i -> engine.step());

		var urgent = engine.submit(request(2, 50, 3, 1));
		engine.step();
		assertThat(ordinary.state()).isEqualTo(SequenceState.SWAPPED);
		engine.runToIdle();

		assertThat(urgent.tokens()).isEqualTo(urgent.expected());
		assertThat(ordinary.tokens()).isEqualTo(ordinary.expected());
		assertThat(engine.executor.computedTokens).as("nothing is computed twice").isEqualTo(50 + 19 + 50 + 2);
		assertThat(engine.scheduler.cacheUse().promptTokens()).isEqualTo(50 + 50);
		assertThat(engine.scheduler.cacheUse().cachedTokens()).isZero();
		assertThat(engine.scheduler.cacheUse().swappedOut()).isEqualTo(1);
		assertThat(engine.scheduler.cacheUse().resumed()).isEqualTo(1);
	}

	@Test
	void servesTheHighestPriorityFirstAndTheOldestOfThose() {
		var engine = new SchedulerFixture(1, 64);
		var low = engine.submit(request(1, 5, 2, -1));
		var first = engine.submit(request(2, 5, 2, 0));
		var second = engine.submit(request(3, 5, 2, 0));

		engine.step();
		engine.step();
		assertThat(List.of(low.state(), first.state(), second.state())).containsExactly(SequenceState.QUEUED,
				SequenceState.FINISHED, SequenceState.QUEUED);
		engine.step();
		engine.step();

		assertThat(second.state()).isEqualTo(SequenceState.FINISHED);
		assertThat(low.state()).isEqualTo(SequenceState.QUEUED);
	}

	@Test
	void swapsTheYoungestOutWhenTheCacheIsFull() {
		var engine = new SchedulerFixture(4, 64, 256, StateStore.NONE);
		var sequences = IntStream.range(0, 4).mapToObj(i -> engine.submit(request(i, 20, 80, 0))).toList();

		engine.runToIdle();

		assertThat(sequences).allSatisfy(sequence -> {
			assertThat(sequence.tokens()).isEqualTo(sequence.expected());
			assertThat(sequence.ended).isEqualTo(1);
		});
		long rejected = engine.drafts.read().promptLookup().drafted() - engine.drafts.read().promptLookup().accepted();
		assertThat(engine.executor.computedTokens - rejected).as("nothing is computed twice").isEqualTo(4 * (20 + 79));
	}

	@Test
	void dropsWhatEndedSequencesLeftBeforeItSwapsAnyOut() {
		var engine = new SchedulerFixture(3, 64, 200, StateStore.NONE);
		engine.submit(request(1, 60, 2, 0));
		engine.submit(request(2, 60, 2, 0));
		engine.runToIdle();

		var sequence = engine.submit(request(3, 100, 80, 0));
		engine.runToIdle();

		assertThat(sequence.tokens()).isEqualTo(sequence.expected());
		assertThat(engine.executor.heldTokens()).isLessThanOrEqualTo(200);
	}

	/** The one it pushes out has more of its prefix than the one that is computing it, so that it waits for that one afterwards. */
	@Test
	void takesNoPlaceFromTheSameSequenceAgainAndAgain() {
		var engine = new SchedulerFixture(2, 16);
		var prefix = request(1, 300, 5, 0).promptTokens();
		var low = engine
				.submit(new GenerationRequest(prefix.subList(0, 100), 50, SamplingParameters.GREEDY, List.of()));
		IntStream.range(0, 8).forEach(i -> engine.step());
		engine.submit(request(2, 1, 1, 3));
		var middle = engine.submit(
				new GenerationRequest(prefix, 5, SamplingParameters.GREEDY, List.of()).withPriority(1));
		engine.step();
		engine.step();
		assertThat(List.of(low.state(), middle.state())).containsExactly(SequenceState.DECODE, SequenceState.PREFILL);

		var high = engine.submit(new GenerationRequest(prefix.subList(0, 200), 5, SamplingParameters.GREEDY, List.of())
				.withPriority(2));
		int moves = 0;
		for (var move = engine.scheduler.nextMove(); move != null; move = engine.scheduler.nextMove()) {
			engine.scheduler.apply(move, engine.nanos);
			assertThat(++moves).isLessThan(10);
		}
		engine.runToIdle();

		assertThat(List.of(low, middle, high)).allSatisfy(
				sequence -> assertThat(sequence.tokens()).isEqualTo(sequence.expected()));
	}

	@Test
	void cancelsASequenceThatIsSwappedOut() {
		var engine = new SchedulerFixture(1, 64);
		var ordinary = engine.submit(request(1, 50, 20, 0));
		engine.step();
		engine.submit(request(2, 50, 3, 1));
		engine.step();

		engine.scheduler.cancel(ordinary.sequence);
		engine.runToIdle();

		assertThat(ordinary.state()).isEqualTo(SequenceState.CANCELLED);
		assertThat(ordinary.ended).isEqualTo(1);
		assertThat(ordinary.sequence.swapped()).as("its memory").isNull();
	}

	@Test
	void failsWhatHasWaitedTooLong() {
		var engine = new SchedulerFixture(1, 64);
		engine.submit(request(1, 10, 200, 0));
		var late = engine.submit(request(2, 10, 5, 0));
		engine.step();
		engine.nanos = 1_000_000_001;

		engine.step();

		assertThat(late.failure()).isInstanceOf(InferenceFailure.QueueTimeout.class)
				.hasMessage("The request waited for its limit of 1000 ms without being served. Retry later.");
		assertThat(late.events).noneMatch(GenerationEvent.TokenDelta.class::isInstance);
		assertThat(engine.scheduler.waitingCount()).isZero();
	}

	@Test
	void doesNotTimeOutWhatHasRunBefore() {
		var engine = new SchedulerFixture(1, 64);
		var ordinary = engine.submit(request(1, 50, 20, 0));
		engine.step();
		engine.submit(request(2, 50, 30, 1));
		engine.step();
		engine.nanos = 5_000_000_000L;

		engine.runToIdle();

		assertThat(ordinary.tokens()).isEqualTo(ordinary.expected());
	}

	private static GenerationRequest request(int start, int promptTokens, int maxTokens, int priority) {
		var prompt = IntStream.range(0, promptTokens).mapToObj(i -> 100 * start + i % 50 + 1).toList();
		return new GenerationRequest(prompt, maxTokens, SamplingParameters.GREEDY, List.of()).withPriority(priority);
	}

}
