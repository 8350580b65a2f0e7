package dev.corral.llamacpp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.corral.inference.GenerationEvent;
import dev.corral.inference.GenerationRequest;
import dev.corral.inference.InferenceFailure;
import dev.corral.inference.SamplingParameters;
import dev.corral.llamacpp.EngineSettings.Speculating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SchedulerTests {

	/** Long enough for any step of these tests that does not say otherwise. */
	private static final Duration LATENCY_TARGET = Duration.ofMillis(100);

	private final FakeExecutor executor = new FakeExecutor(Integer.MAX_VALUE, 5_000_000, 1_000_000);

	private final AtomicInteger ended = new AtomicInteger();

	private final List<GenerationEvent> events = new ArrayList<>();

	private final Scheduler scheduler = scheduler(3, 8);

	@Test
	void prefillsInChunksOfTheBudget() {
		scheduler.submit(sequence(20, 1));

		runToIdle(scheduler, 8);

		assertThat(executor.steps).extracting(step -> step.chunks().getFirst().count()).containsExactly(8, 8, 4);
	}

	@Test
	void decodesBesideAPrefill() {
		scheduler.submit(sequence(2, 10));
		step(scheduler);
		scheduler.submit(sequence(30, 1));

		step(scheduler);
		step(scheduler);

		assertThat(executor.steps.getLast().chunks()).extracting(StepPlan.Chunk::count).containsExactly(1, 7);
	}

	@Test
	void keepsStepsWithinTheLatencyTargetWhileOthersDecode() {
		var wide = scheduler(3, 512);
		wide.submit(sequence(2, 400));
		timedStep(wide);
		wide.submit(longPrompt(20_000));

		var durations = IntStream.range(0, 60).mapToLong(i -> timedStep(wide)).toArray();

		// The first steps guess; what comes after knows.
		long target = LATENCY_TARGET.toNanos();
		assertThat(Arrays.stream(durations).skip(5).boxed()).allSatisfy(
				nanos -> assertThat(nanos).isBetween(target / 2, target));
	}

	@Test
	void prefillsAtFullBatchWhileNobodyDecodes() {
		var wide = scheduler(3, 512);
		wide.submit(longPrompt(20_000));

		timedStep(wide);
		timedStep(wide);

		assertThat(executor.steps).extracting(step -> FakeExecutor.size(step, false)).containsExactly(20_000 % 64 + 448,
				512);
	}

	@Test
	void admitsInTheOrderOfArrivalWhileSlotsAreFree() {
		var waiting = IntStream.range(0, 5).mapToObj(i -> sequence(1, 3)).toList();
		waiting.forEach(scheduler::submit);

		step(scheduler);

		assertThat(waiting).extracting(Sequence::state)
				.containsExactly(SequenceState.DECODE, SequenceState.DECODE, SequenceState.DECODE, SequenceState.QUEUED,
						SequenceState.QUEUED);
		assertThat(scheduler.waitingCount()).isEqualTo(2);
	}

	@Test
	void planningChangesNothing() {
		scheduler.submit(sequence(4, 2));
		assertThat(scheduler.nextMove()).isEqualTo(scheduler.nextMove());
		assertThat(scheduler.runningCount()).isZero();
		move(scheduler);

		assertThat(scheduler.plan()).isEqualTo(scheduler.plan());
	}

	@Test
	void freesTheSlotOfASequenceThatFails() {
		var sequence = sequence(4, 5);
		scheduler.submit(sequence);
		move(scheduler);
		var plan = scheduler.plan();

		scheduler.apply(plan, new StepOutcome(List.of(new ChunkResult.Failed("no reason")), List.of()), 0);

		assertThat(sequence.state()).isEqualTo(SequenceState.FAILED);
		assertThat(scheduler.idle()).isTrue();
		assertThat(events.getLast()).isInstanceOfSatisfying(GenerationEvent.Failed.class,
				failed -> assertThat(failed.failure()).isInstanceOf(InferenceFailure.DecodeFailed.class)
						.hasMessageContaining("no reason"));
	}

	@Test
	void leavesASequenceThatHasEndedAlone() {
		var sequence = sequence(4, 1);
		scheduler.submit(sequence);
		step(scheduler);

		scheduler.cancel(sequence);

		assertThat(sequence.state()).isEqualTo(SequenceState.FINISHED);
	}

	@Test
	void readsScoredPromptsInPiecesWhoseLogitsFit() {
		var options = new SchedulerOptions(4, 64, Integer.MAX_VALUE, LATENCY_TARGET, Duration.ZERO, Speculating.AUTO,
				10);
		var scheduler = new Scheduler(options, executor, executor, StateStore.NONE, Drafter.NONE, new DraftCounters());
		for (int i = 0; i < 2; i++) {
			var request = new GenerationRequest(Collections.nCopies(8, 7 + i), 1, SamplingParameters.GREEDY, List.of())
					.withPromptLogprobs(0);
			scheduler.submit(
					new Sequence(request, 512, FakeExecutor.sampler(request), events::add, ended::incrementAndGet, 0));
		}
		scheduler.submit(sequence(30, 1));
		move(scheduler);

		assertThat(scheduler.plan().chunks()).extracting(StepPlan.Chunk::count).containsExactlyInAnyOrder(8, 2, 30);
	}

	@Test
	void countsWhatIsComputed() {
		var busy = scheduler(3, 8);
		busy.submit(sequence(20, 3));
		while (!busy.idle()) {
			timedStep(busy);
		}

		var work = busy.work();

		assertThat(work.prefillTokens()).isEqualTo(20);
		assertThat(work.completionTokens()).isEqualTo(3);
		assertThat(work.prefill()).isEqualTo(Duration.ofMillis(20));
		assertThat(work.decode()).isEqualTo(Duration.ofMillis(2 * 5));
	}

	@Test
	void refusesAStepThatCannotHoldEverySequence() {
		assertThatIllegalArgumentException().isThrownBy(() -> scheduler(9, 8))
				.withMessage("a step of 8 tokens cannot serve 9 decoding sequences");
	}

	private Scheduler scheduler(int slots, int stepTokens) {
		var options = new SchedulerOptions(slots, stepTokens, Integer.MAX_VALUE, LATENCY_TARGET, Duration.ZERO,
				Speculating.AUTO);
		return new Scheduler(options, executor, executor, StateStore.NONE, Drafter.NONE, new DraftCounters());
	}

	private Sequence sequence(int promptTokens, int maxTokens) {
		var prompt = IntStream.rangeClosed(1, promptTokens).boxed().toList();
		var request = new GenerationRequest(prompt, maxTokens, SamplingParameters.GREEDY, List.of());
		return new Sequence(request, 512, FakeExecutor.sampler(request), events::add, ended::incrementAndGet, 0);
	}

	private Sequence longPrompt(int tokens) {
		var request = new GenerationRequest(Collections.nCopies(tokens, 1), 1, SamplingParameters.GREEDY, List.of());
		return new Sequence(request, tokens + 1, FakeExecutor.sampler(request), events::add, ended::incrementAndGet, 0);
	}

	/** Returns how long the step took. */
	private long timedStep(Scheduler scheduler) {
		move(scheduler);
		var plan = scheduler.plan();
		var outcome = executor.execute(plan);
		scheduler.apply(plan, outcome, 0);
		return outcome.calls().stream().mapToLong(StepOutcome.Call::nanos).sum();
	}

	private void step(Scheduler scheduler) {
		move(scheduler);
		var plan = scheduler.plan();
		if (!plan.isEmpty()) {
			scheduler.apply(plan, executor.execute(plan), 0);
		}
	}

	private static void move(Scheduler scheduler) {
		for (var move = scheduler.nextMove(); move != null; move = scheduler.nextMove()) {
			scheduler.apply(move, 0);
		}
	}

	private void runToIdle(Scheduler scheduler, int budget) {
		while (!scheduler.idle()) {
			step(scheduler);
			assertThat(executor.steps.getLast().chunks().stream().mapToInt(StepPlan.Chunk::count).sum())
					.isLessThanOrEqualTo(budget);
		}
	}

}
