package dev.corral.llamacpp;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.corral.inference.GenerationRequest;
import dev.corral.inference.SamplingParameters;
import dev.corral.llamacpp.EngineSettings.Speculating;

import static org.assertj.core.api.Assertions.assertThat;

class SpeculationTests {

	private static final int NO_LIMIT = Integer.MAX_VALUE;

	@Test
	void takesFewerStepsForTheSameReplyWhereItCopies() {
		var without = engine(Speculating.OFF, NO_LIMIT, 5_000_000, 10_000);
		var with = engine(Speculating.AUTO, NO_LIMIT, 5_000_000, 10_000);

		var plain = run(without, copying(0), 300);
		var drafted = run(with, copying(0), 300);

		assertThat(drafted.tokens()).isEqualTo(plain.tokens()).hasSize(300);
		assertThat(with.executor.steps.size()).isLessThan(without.executor.steps.size() / 2);
		assertThat(with.drafts.read().promptLookup().accepted()).isGreaterThan(150);
	}

	@Test
	void triesAFewTimesAndNoMoreWhereEachTokenCostsAsMuchAsAStep() {
		var engine = engine(Speculating.AUTO, NO_LIMIT, 0, 1_000_000);

		run(engine, copying(0), 400);

		assertThat(engine.executor.steps.stream().filter(SpeculationTests::drafts).count()).isBetween(1L, 3L);
	}

	@Test
	void draftsNothingWhereAReplyNeverRepeats() {
		var engine = engine(Speculating.AUTO, NO_LIMIT, 5_000_000, 10_000);

		run(engine, IntStream.range(0, 200).mapToObj(i -> 1 + i % 50).toList(), 300);

		assertThat(engine.drafts.read().promptLookup().drafted()).isLessThan(20);
	}

	@Test
	void stopsWhereOthersWouldWaitTooLong() {
		// 80 ms without a draft, 120 ms with 2 tokens; the target is 100 ms.
		var engine = engine(Speculating.AUTO, NO_LIMIT, 60_000_000, 20_000_000);

		run(engine, copying(0), 200);

		assertThat(engine.drafts.read().promptLookup().accepted()).isGreaterThan(0);
		assertThat(engine.executor.steps).allSatisfy(step -> assertThat(FakeExecutor.size(step, true))
				.isLessThanOrEqualTo(4));
		assertThat(engine.executor.steps.stream().filter(step -> FakeExecutor.size(step, true) == 3).count())
				.isGreaterThan(10);
		assertThat(engine.executor.steps.stream().filter(step -> FakeExecutor.size(step, true) == 4).count())
				.isLessThanOrEqualTo(1);
	}

	@Test
	void neverDraftsBeyondTheReplyOrTheStepOrTheCache() {
		var engine = new SchedulerFixture(4, 10, 640, StateStore.NONE, new FakeExecutor(640, 5_000_000, 10_000, 1_000),
				Speculating.AUTO);
		var all = IntStream.range(0, 12).mapToObj(i -> engine.submit(copying(i), 30 + 7 * i)).toList();
		engine.runToIdle();

		assertThat(engine.longestStep).isLessThanOrEqualTo(10);
		assertThat(engine.drafts.read().promptLookup().accepted()).isGreaterThan(0);
		assertThat(all).allSatisfy(one -> assertThat(one.tokens()).isEqualTo(one.expected()));
		for (var step : engine.executor.steps) {
			for (var chunk : step.chunks()) {
				assertThat(chunk.from() + chunk.size()).isLessThan(mostTokens(all, chunk.sequence()));
			}
		}
	}

	@Test
	void learnsThatOneSequenceCopiesAndItsNeighbourDoesNot() {
		var engine = engine(Speculating.AUTO, NO_LIMIT, 5_000_000, 1_000_000);
		var copying = engine.submit(copying(0), 300);
		var other = engine.submit(IntStream.range(0, 200).mapToObj(i -> 1 + i % 50).toList(), 300);

		engine.runToIdle();

		assertThat(copying.tokens()).isEqualTo(copying.expected());
		assertThat(other.tokens()).isEqualTo(other.expected());
		assertThat(drafted(engine, other)).isLessThan(20);
		assertThat(drafted(engine, copying)).isGreaterThan(150);
	}

	private static int drafted(SchedulerFixture engine, SchedulerFixture.Submitted one) {
		return engine.executor.steps.stream()
				.flatMap(step -> step.chunks().stream())
				.filter(chunk -> chunk.sequence() == one.sequence)
				.mapToInt(chunk -> chunk.draft().size())
				.sum();
	}

	private static int mostTokens(List<SchedulerFixture.Submitted> all, Sequence sequence) {
		return all.stream()
				.filter(one -> one.sequence == sequence)
				.mapToInt(one -> one.request.promptTokens().size() + one.request.maxCompletionTokens())
				.findFirst()
				.orElseThrow();
	}

	private static boolean drafts(StepPlan step) {
		return step.chunks().stream().anyMatch(chunk -> !chunk.draft().isEmpty());
	}

	private static SchedulerFixture engine(Speculating speculation, int cacheTokens, long decodeNanos,
			long decodeNanosPerToken) {
		return new SchedulerFixture(2, 64, cacheTokens, StateStore.NONE,
				new FakeExecutor(cacheTokens, decodeNanos, decodeNanosPerToken, 1_000), speculation);
	}

	private static SchedulerFixture.Submitted run(SchedulerFixture engine, List<Integer> prompt, int tokens) {
		var submitted = engine.submit(new GenerationRequest(prompt, tokens, SamplingParameters.GREEDY, List.of()));
		engine.runToIdle();
		return submitted;
	}

	/** A prompt whose reply copies itself for long runs. */
	private static List<Integer> copying(int number) {
		var prompt = new ArrayList<Integer>(List.of(FakeExecutor.REPEAT));
		IntStream.range(0, 40).forEach(i -> prompt.add(100 + number + i % FakeExecutor.PERIOD));
		return prompt;
	}

}
