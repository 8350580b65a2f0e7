package dev.corral.llamacpp;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.corral.inference.GenerationEvent;
import dev.corral.inference.GenerationRequest;
import dev.corral.inference.InferenceFailure;
import dev.corral.inference.Resumed;
import dev.corral.inference.SamplingParameters;
import dev.corral.llamacpp.EngineSettings.Speculating;

import static org.assertj.core.api.Assertions.assertThat;

/** What must hold whatever comes: thousands of random arrivals, cancellations and steps, on fake contexts of several shapes. */
class SchedulerRandomOperationsTests {

	private static final int STEP_TOKENS = 48;

	@ParameterizedTest
	@CsvSource({"1, 2147483647, 1, AUTO", "3, 2147483647, 2, AUTO", "8, 2147483647, 3, AUTO", "8, 2147483647, 3, OFF",
			"4, 1100, 4, AUTO", "8, 1500, 5, AUTO", "8, 1500, 5, OFF", "16, 2500, 6, AUTO"})
	void keepsItsPromises(int slots, int cacheTokens, long seed, Speculating speculation) {
		keepsItsPromises(slots, cacheTokens, seed, speculation, Drafter.NONE);
	}

	@ParameterizedTest
	@CsvSource({"1, 2147483647, 1, 0.8", "8, 2147483647, 3, 0.9", "8, 2147483647, 3, 0.1", "8, 1500, 5, 0.7",
			"16, 2500, 6, 1"})
	void keepsThemWithADraftModel(int slots, int cacheTokens, long seed, double acceptance) {
		var drafter = new FakeDrafter(acceptance, 100_000, 10_000, 100);
		var engine = keepsItsPromises(slots, cacheTokens, seed, Speculating.AUTO, drafter);

		var drafts = engine.drafts.read().draftModel();
		assertThat(drafts.accepted()).isLessThanOrEqualTo(drafts.drafted());
		assertThat(drafts.accepted()).isGreaterThan(acceptance > 0.5 ? 100 : 0);
		assertThat(drafter.tasks).allSatisfy(task -> assertThat(task.catchUp()).isLessThanOrEqualTo(STEP_TOKENS));
	}

	/** The executor finds out whoever gets what slid up without having asked for it. */
	@ParameterizedTest
	@CsvSource({"2, 2147483647, 21, 0", "8, 2147483647, 22, 0", "8, 2147483647, 23, 200000", "4, 1500, 24, 0",
			"8, 1500, 25, 200000", "16, 2500, 26, 200000"})
	void slidesForThoseWhoAskForIt(int slots, int cacheTokens, long seed, long storeBytes) {
		var tiers = new TieredStates(new KvTiers(storeBytes, null, InstantSource.system()), storeBytes > 0, false);
		var engine = keepsItsPromises(slots, cacheTokens, seed, Speculating.AUTO, Drafter.NONE, tiers);

		assertThat(engine.scheduler.cacheUse().slides()).isGreaterThan(20);
	}

	private static SchedulerFixture keepsItsPromises(int slots, int cacheTokens, long seed, Speculating speculation,
			Drafter drafter) {
		return keepsItsPromises(slots, cacheTokens, seed, speculation, drafter, StateStore.NONE);
	}

	private static SchedulerFixture keepsItsPromises(int slots, int cacheTokens, long seed, Speculating speculation,
			Drafter drafter, StateStore store) {
		var random = new SplittableRandom(seed);
		var engine = new SchedulerFixture(slots, STEP_TOKENS, cacheTokens, store,
				new FakeExecutor(cacheTokens, 5_000_000, 10_000, 1_000_000), speculation, drafter);
		var all = new ArrayList<SchedulerFixture.Submitted>();
		for (int operation = 0; operation < 6_000; operation++) {
			switch (random.nextInt(10)) {
				case 0 -> all.add(engine.submit(store == StateStore.NONE || all.isEmpty()
						? request(random)
						: maybeSliding(random, all)));
				case 1 -> {
					if (!all.isEmpty() && random.nextInt(3) == 0) {
						engine.scheduler.cancel(all.get(random.nextInt(all.size())).sequence);
					}
				}
				default -> {
					engine.nanos += random.nextInt(20_000_000);
					engine.step();
					assertThat(engine.scheduler.runningCount()).isLessThanOrEqualTo(slots);
					assertThat(engine.executor.heldTokens()).isLessThanOrEqualTo(cacheTokens);
				}
			}
		}
		engine.runToIdle();

		assertThat(engine.longestStep).isLessThanOrEqualTo(STEP_TOKENS);
		assertThat(all).hasSizeGreaterThan(400).allSatisfy(one -> check(one, seed));
		assertThat(all.stream().filter(one -> one.state() == SequenceState.FINISHED).count()).isGreaterThan(100);
		if (speculation == Speculating.OFF) {
			assertThat(engine.drafts.read().promptLookup().drafted()).isZero();
		} else {
			assertThat(engine.drafts.read().promptLookup().accepted()).isGreaterThan(100);
			assertThat(engine.drafts.read().promptLookup().drafted())
					.isGreaterThan(engine.drafts.read().promptLookup().accepted());
		}
		return engine;
	}

	/** Every request ends exactly once, with all of its reply or a proper reason. */
	private static void check(SchedulerFixture.Submitted one, long seed) {
		assertThat(one.ended).as("ends, seed %d", seed).isEqualTo(1);
		assertThat(one.sequence.swapped()).as("memory of the swapped").isNull();
		var terminals = one.events.stream()
				.filter(event -> event instanceof GenerationEvent.Finished || event instanceof GenerationEvent.Failed)
				.count();
		switch (one.state()) {
			case FINISHED -> {
				assertThat(terminals).isEqualTo(1);
				assertThat(one.tokens()).isEqualTo(one.expected());
			}
			case FAILED -> {
				assertThat(terminals).isEqualTo(1);
				assertThat(one.failure()).isInstanceOf(InferenceFailure.QueueTimeout.class);
			}
			case CANCELLED -> {
				assertThat(terminals).isZero();
				assertThat(one.tokens()).isEqualTo(one.expected().subList(0, one.tokens().size()));
			}
			case QUEUED, PREFILL, DECODE, SWAPPED -> throw new AssertionError("still " + one.state());
		}
	}

	/** One that shares a system prompt with many others, or is alone of its kind; now and then with a priority or a tenant. */
	private static GenerationRequest request(SplittableRandom random) {
		int system = random.nextInt(4);
		var prompt = new ArrayList<>(IntStream.range(0, system * 40).mapToObj(i -> 1 + i % 7 + 10 * system).toList());
		if (random.nextBoolean()) {
			prompt.addFirst(FakeExecutor.REPEAT);
		}
		random.ints(random.nextInt(1, 60), 100, 110).forEach(prompt::add);
		int most = random.nextInt(1, 40);
		// Some go on with what another engine began.
		int resumed = prompt.size() % 4 == 0 ? Math.min(prompt.size(), most) / 2 : 0;
		return new GenerationRequest(prompt, most, SamplingParameters.GREEDY, List.of())
				.withResumed(new Resumed(resumed, 0))
				.withPriority(random.nextInt(4) == 0 ? random.nextInt(-2, 3) : 0)
				.withTenant(random.nextInt(3) == 0 ? "other" : "");
	}

	/** One like the others, or one that goes on after another without a part of its middle, or that goes on after it and must not slide. */
	private static GenerationRequest maybeSliding(SplittableRandom random, List<SchedulerFixture.Submitted> all) {
		var request = request(random);
		if (random.nextInt(3) == 0) {
			return request.withSlidesCache(random.nextBoolean());
		}
		var before = all.get(random.nextInt(Math.max(0, all.size() - 12), all.size()));
		var prompt = new ArrayList<>(before.request.promptTokens());
		prompt.addAll(before.tokens());
		int kept = Math.min(prompt.size() / 2, random.nextInt(4, 40));
		prompt.subList(kept, kept + random.nextInt(prompt.size() / 3 + 1)).clear();
		random.ints(random.nextInt(1, 20), 100, 110).forEach(prompt::add);
		var cut = new GenerationRequest(prompt.subList(0, Math.min(prompt.size(), 400)), request.maxCompletionTokens(),
				SamplingParameters.GREEDY, List.of());
		return cut.withPriority(request.priority()).withTenant(before.request.tenant())
				.withSlidesCache(random.nextInt(4) > 0);
	}

	@ParameterizedTest
	@CsvSource({"2, 11", "8, 12"})
	void letsNobodyWaitForEver(int slots, long seed) {
		var random = new SplittableRandom(seed);
		var engine = new SchedulerFixture(slots, STEP_TOKENS);
		var longPrompt = IntStream.range(0, 900).mapToObj(i -> 200 + i).toList();
		var patient = engine.submit(longPrompt, 1);

		int steps = 0;
		while (patient.state() != SequenceState.FINISHED) {
			if (engine.scheduler.waitingCount() < slots) {
				engine.submit(request(random).withPriority(0).withTenant(""));
			}
			engine.step();
			steps++;
		}

		// Alone it would take 900 / 48 steps; besides others it gets at least the prefill of every fourth.
		assertThat(steps).as("seed %d", seed).isLessThan(4 * 900 / 16);
	}

}
