package dev.corral.llamacpp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.corral.inference.GenerationEvent;
import dev.corral.inference.GenerationRequest;
import dev.corral.inference.InferenceFailure;
import dev.corral.inference.SamplingParameters;
import dev.corral.llamacpp.EngineSettings.Speculating;

/** A scheduler on a fake context, with everything that its sequences say. */
final class SchedulerFixture {

	static final int WINDOW = 1024;

	final FakeExecutor executor;

	final Scheduler scheduler;

	private final Drafter drafter;

	/** The longest step so far, in tokens. */
	int longestStep;

	long nanos;

	final DraftCounters drafts = new DraftCounters();

	SchedulerFixture(int slots, int stepTokens) {
		this(slots, stepTokens, Integer.MAX_VALUE, StateStore.NONE);
	}

	SchedulerFixture(int slots, int stepTokens, int cacheTokens, StateStore store) {
		this(slots, stepTokens, cacheTokens, store, new FakeExecutor(cacheTokens, 5_000_000, 1_000_000),
				Speculating.AUTO);
	}

	SchedulerFixture(int slots, int stepTokens, int cacheTokens, StateStore store, FakeExecutor executor,
			Speculating speculation) {
		this(slots, stepTokens, cacheTokens, store, executor, speculation, Drafter.NONE);
	}

	SchedulerFixture(int slots, int stepTokens, int cacheTokens, StateStore store, FakeExecutor executor,
			Speculating speculation, Drafter drafter) {
		this.drafter = drafter;
		this.executor = executor;
		scheduler = new Scheduler(
				new SchedulerOptions(slots, stepTokens, cacheTokens, Duration.ofMillis(100), Duration.ofSeconds(1),
						speculation),
				executor, executor, store, drafter, drafts);
	}

	/** Submits a prompt and records what becomes of it. */
	Submitted submit(List<Integer> prompt, int maxTokens) {
		return submit(new GenerationRequest(prompt, maxTokens, SamplingParameters.GREEDY, List.of()));
	}

	Submitted submit(GenerationRequest request) {
		var submitted = new Submitted(request, nanos);
		scheduler.submit(submitted.sequence);
		return submitted;
	}

	/** Moves whatever is to be moved, then computes one step. */
	void step() {
		scheduler.expire(nanos);
		for (var move = scheduler.nextMove(); move != null; move = scheduler.nextMove()) {
			scheduler.apply(move, nanos);
		}
		var plan = scheduler.plan();
		if (!plan.isEmpty()) {
			var filled = scheduler.fill(plan, drafter.draft(plan.drafting()));
			longestStep = Math.max(longestStep, filled.chunks().stream().mapToInt(StepPlan.Chunk::size).sum());
			scheduler.apply(filled, executor.execute(filled), nanos);
		}
	}

	void runToIdle() {
		while (!scheduler.idle()) {
			step();
		}
	}

	/** A sequence and its events. */
	static final class Submitted {

		final GenerationRequest request;

		final List<GenerationEvent> events = new ArrayList<>();

		final Sequence sequence;

		int ended;

		private Submitted(GenerationRequest request, long nanos) {
			this.request = request;
			sequence = new Sequence(request, WINDOW, FakeExecutor.sampler(request), events::add, () -> ended++, nanos);
		}

		SequenceState state() {
			return sequence.state();
		}

		/** The tokens it has been told. */
		List<Integer> tokens() {
			return events.stream()
					.filter(GenerationEvent.TokenDelta.class::isInstance)
					.flatMap(event -> ((GenerationEvent.TokenDelta) event).tokenIds().stream())
					.toList();
		}

		/** The tokens it should have been told by now, if it has not been cut short. */
		List<Integer> expected() {
			return FakeExecutor.reply(request.promptTokens(),
					request.maxCompletionTokens() - request.resumed().tokens());
		}

		int cachedTokens() {
			return events.stream()
					.filter(GenerationEvent.Finished.class::isInstance)
					.mapToInt(event -> ((GenerationEvent.Finished) event).usage().cachedTokens())
					.findFirst()
					.orElseThrow();
		}

		InferenceFailure failure() {
			return ((GenerationEvent.Failed) events.getLast()).failure();
		}

	}

}
