package dev.corral.llamacpp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.corral.inference.GenerationEvent;
import dev.corral.inference.GenerationRequest;
import dev.corral.inference.InferenceFailure;
import dev.corral.inference.SamplingParameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SchedulerTests {

	/** Long enough for any step of these tests that does not say otherwise. */
	private static final Duration LATENCY_TARGET = Duration.ofMillis(100);

	private final FakeExecutor executor = new FakeExecutor();

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

		assertThat(executor.steps).extracting(StepPlan::prefillTokens).containsOnly(512);
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

		assertThat(scheduler.plan()).isEqualTo(scheduler.plan());
		assertThat(scheduler.runningCount()).isZero();
	}

	@Test
	void freesTheSlotOfASequenceThatFails() {
		var sequence = sequence(4, 5);
		scheduler.submit(sequence);
		var plan = scheduler.plan();

		scheduler.apply(plan, List.of(new ChunkResult.Failed("no reason")), 0, 0);

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
	void refusesAStepThatCannotHoldEverySequence() {
		assertThatIllegalArgumentException().isThrownBy(() -> scheduler(9, 8))
				.withMessage("a step of 8 tokens cannot serve 9 decoding sequences");
	}

	@Test
	void keepsItsPromisesUnderRandomOperations() {
		long seed = 20261123;
		var random = new SplittableRandom(seed);
		int submitted = 0;
		var live = new ArrayList<Sequence>();
		for (int operation = 0; operation < 20_000; operation++) {
			switch (random.nextInt(4)) {
				case 0 -> {
					var sequence = sequence(random.nextInt(1, 30), random.nextInt(1, 12));
					live.add(sequence);
					scheduler.submit(sequence);
					submitted++;
				}
				case 1 -> {
					if (!live.isEmpty()) {
						scheduler.cancel(live.get(random.nextInt(live.size())));
					}
				}
				default -> step(scheduler);
			}
			live.removeIf(sequence -> sequence.state().terminal());
			assertThat(executor.usedSlots()).as("seed %d", seed).isLessThanOrEqualTo(3);
		}
		runToIdle(scheduler, 8);

		assertThat(ended).as("every sequence ends exactly once, seed %d", seed).hasValue(submitted);
		assertThat(executor.usedSlots()).isZero();
		assertThat(executor.steps).allSatisfy(step -> assertThat(
				step.chunks().stream().mapToInt(StepPlan.Chunk::count).sum()).isBetween(1, 8));
	}

	private Scheduler scheduler(int slots, int stepTokens) {
		return new Scheduler(slots, stepTokens, LATENCY_TARGET, executor, executor::clear);
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

	/** A step on a machine that takes 5 ms to decode and 1 ms for each token of prefill; returns how long it took. */
	private long timedStep(Scheduler scheduler) {
		var plan = scheduler.plan();
		long nanos = (plan.decoding() > 0 ? 5_000_000L : 0) + plan.prefillTokens() * 1_000_000L;
		scheduler.apply(plan, executor.execute(plan), 0, nanos);
		return nanos;
	}

	private void step(Scheduler scheduler) {
		var plan = scheduler.plan();
		if (!plan.isEmpty()) {
			scheduler.apply(plan, executor.execute(plan), 0, 0);
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
