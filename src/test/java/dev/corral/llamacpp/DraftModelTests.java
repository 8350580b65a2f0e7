package dev.corral.llamacpp;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.corral.inference.DraftStatistics;
import dev.corral.inference.GenerationRequest;
import dev.corral.inference.SamplingParameters;
import dev.corral.llamacpp.EngineSettings.Speculating;

import static org.assertj.core.api.Assertions.assertThat;

/** A draft model beside a fake context, whose steps take 10 ms and 0.1 ms for each token. */
class DraftModelTests {

	private static final int NO_LIMIT = Integer.MAX_VALUE;

	private static final long STEP_NANOS = 10_000_000;

	/** What trials may take in the beginning: steps of a token, or of four. */
	private static final long FIRST_NANOS = DraftCredit.FIRST_STEPS * (STEP_NANOS + 400_000);

	@ParameterizedTest
	@ValueSource(ints = {1, 4})
	void takesFewerStepsForTheSameRepliesWhereItIsMostlyRight(int sequences) {
		var drafter = cheap(0.9);
		var without = engine(sequences, Drafter.NONE);
		var with = engine(sequences, drafter);

		run(without, sequences, 100, 300);
		run(with, sequences, 100, 300);

		assertThat(with.executor.steps.size()).isLessThan(without.executor.steps.size() / 2);
		assertThat(drafts(with).accepted()).isGreaterThan(150L * sequences);
		assertThat(nanos(with) + drafter.nanos).isLessThan(nanos(without) * 6 / 10);
	}

	@Test
	void isGivenUpWhereItIsMostlyWrong() {
		var drafter = cheap(0.02);
		var engine = engine(1, drafter);

		run(engine, 1, 100, 900);

		assertThat(drafts(engine).drafted()).isLessThan(30);
		assertThat(drafter.nanos).isLessThan(FIRST_NANOS + nanos(engine) / 50);
	}

	@Test
	void isGivenUpWhereItTakesAsLongAsTheModel() {
		var drafter = new FakeDrafter(1, STEP_NANOS, 100_000, NO_LIMIT);
		var engine = engine(1, drafter);

		for (int i = 0; i < 20; i++) {
			run(engine, 1, 100, 900);
		}

		assertThat(drafts(engine).drafted()).isLessThan(20);
		assertThat(drafter.nanos)
				.isBetween(FIRST_NANOS / 2,
						FIRST_NANOS + (long) (DraftCredit.SHARE * nanos(engine)) + 20 * STEP_NANOS);
	}

	@Test
	void leavesTheDraftsCacheAloneWhereItDoesNotPay() {
		// Keeping it up would take 10 s.
		var drafter = new FakeDrafter(0, 200_000, 500_000, NO_LIMIT);
		var engine = engine(4, drafter);
		run(engine, 4, 20, 300);
		long before = drafter.nanos;
		long stepsBefore = nanos(engine);

		for (int i = 0; i < 5; i++) {
			run(engine, 4, 700, 300);
		}

		assertThat(drafter.nanos - before).isLessThan(
				FIRST_NANOS + (long) (DraftCredit.SHARE * (nanos(engine) - stepsBefore)) + 10 * STEP_NANOS);
	}

	@Test
	void isFoundAgainWhenItHasBecomeBetter() {
		var drafter = cheap(0);
		var engine = engine(1, drafter);
		run(engine, 1, 20, 900);
		long before = drafts(engine).accepted();
		drafter.acceptance = 0.95;

		for (int i = 0; i < 5; i++) {
			run(engine, 1, 20, 900);
		}

		assertThat(before).isLessThan(10);
		assertThat(drafts(engine).accepted()).isGreaterThan(900);
	}

	@Test
	void catchesUpWithALongPromptInPiecesThatFitIntoAStep() {
		// 0.5 ms for each token: no more than 90 ms, and half as much again for a whole tile, beside a step of 10 ms.
		var drafter = new FakeDrafter(0.9, 200_000, 500_000, NO_LIMIT);
		var engine = engine(1, drafter);
		run(engine, 1, 20, 300);
		long before = drafts(engine).accepted();

		run(engine, 1, 700, 300);

		var pieces = drafter.tasks.stream().filter(task -> task.catchUp() > 0).toList();
		assertThat(pieces).hasSizeGreaterThan(3)
				.allSatisfy(piece -> assertThat(piece.catchUp()).isLessThanOrEqualTo(270))
				.allSatisfy(piece -> assertThat(piece.propose()).isZero());
		assertThat(drafts(engine).accepted() - before).isGreaterThan(50);
	}

	@Test
	void waitsUntilDraftsWouldHaveSavedWhatCatchingUpTakes() {
		// A prompt takes 700 ms, a token of the reply 10 ms.
		var drafter = new FakeDrafter(0.9, 200_000, 1_000_000, NO_LIMIT);
		var engine = engine(1, drafter);
		run(engine, 1, 20, 900);
		int before = drafter.computedTokens;

		for (int i = 0; i < 20; i++) {
			engine.submit(IntStream.range(0, 700).mapToObj(token -> 1 + token % 50).toList().subList(i, 700), 20);
			engine.runToIdle();
		}

		assertThat(drafter.computedTokens - before).isLessThan(20 * 20);
	}

	@Test
	void proposesNothingBeyondItsWindow() {
		var drafter = new FakeDrafter(0.95, 200_000, 10_000, 200);
		var engine = engine(1, drafter);

		run(engine, 1, 100, 300);

		assertThat(drafts(engine).accepted()).isBetween(40L, 100L);
		assertThat(drafter.tasks).allSatisfy(task -> assertThat(task.sequence().slot()).isZero());
	}

	@Test
	void leavesASequenceAloneThatItHasNoRoomFor() {
		var drafter = cheap(0.95);
		drafter.cacheTokens = 150;
		var engine = engine(1, drafter);

		run(engine, 1, 100, 300);
		var tasks = drafter.tasks.size();
		run(engine, 1, 20, 60);

		assertThat(tasks).isLessThan(60);
		assertThat(drafter.tasks.size()).isGreaterThan(tasks);
	}

	@Test
	void yieldsToLookUpsWhereTheyAreAsGood() {
		var drafter = new FakeDrafter(0.9, 3_000_000, 10_000, NO_LIMIT);
		var engine = engine(1, drafter);
		var copying = IntStream.range(0, 41).mapToObj(i -> i == 0 ? FakeExecutor.REPEAT : 100 + i % FakeExecutor.PERIOD)
				.toList();

		engine.submit(copying, 300);
		engine.runToIdle();

		assertThat(engine.drafts.read().promptLookup().accepted()).isGreaterThan(drafts(engine).accepted());
	}

	@Test
	void seesThatASlotHasAnotherSequence() {
		var held = new HeldTokens(1);
		var engine = engine(1, Drafter.NONE);
		var first = engine.submit(List.of(1, 2, 3, 4, 5), 4);
		engine.step();
		IntStream.range(0, 5).forEach(position -> held.add(first.sequence, first.sequence.token(position)));
		int missingOfItsOwn = held.missing(first.sequence);
		engine.runToIdle();

		var second = engine.submit(List.of(1, 2, 9, 4, 5), 4);
		engine.step();

		assertThat(missingOfItsOwn).isEqualTo(1);
		assertThat(held.kept(second.sequence)).isEqualTo(2);
		assertThat(held.missing(second.sequence)).isEqualTo(second.sequence.length() - 2);
	}

	@Test
	void sharesNothingBetweenTenants() {
		var held = new HeldTokens(1);
		var engine = engine(1, Drafter.NONE);
		var first = engine.submit(List.of(1, 2, 3, 4, 5), 4);
		engine.step();
		IntStream.range(0, 5).forEach(position -> held.add(first.sequence, first.sequence.token(position)));
		engine.runToIdle();

		var second = engine
				.submit(new GenerationRequest(List.of(1, 2, 3, 4, 5), 4, SamplingParameters.GREEDY, List.of())
						.withTenant("another"));
		engine.step();

		assertThat(held.kept(second.sequence)).isZero();
	}

	private static DraftStatistics.Source drafts(SchedulerFixture engine) {
		return engine.drafts.read().draftModel();
	}

	/** How long the steps took. */
	private static long nanos(SchedulerFixture engine) {
		return engine.executor.steps.stream()
				.mapToLong(step -> STEP_NANOS + 100_000L * FakeExecutor.size(step, true))
				.sum();
	}

	private static FakeDrafter cheap(double acceptance) {
		return new FakeDrafter(acceptance, 200_000, 10_000, NO_LIMIT);
	}

	private static SchedulerFixture engine(int slots, Drafter drafter) {
		return new SchedulerFixture(slots, 512, NO_LIMIT, StateStore.NONE,
				new FakeExecutor(NO_LIMIT, STEP_NANOS, 100_000, 100_000), Speculating.AUTO, drafter);
	}

	/** Replies that repeat nothing. */
	private static void run(SchedulerFixture engine, int sequences, int promptTokens, int tokens) {
		var all = IntStream.range(0, sequences)
				.mapToObj(i -> engine.submit(
						IntStream.range(0, promptTokens).mapToObj(token -> 1 + (token * 31 + i) % 997).toList(),
						tokens))
				.toList();
		engine.runToIdle();

		assertThat(all).allSatisfy(one -> assertThat(one.tokens()).isEqualTo(one.expected()));
	}

}
