package dev.corral.llamacpp;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.corral.inference.CacheStatistics;
import dev.corral.inference.GenerationRequest;
import dev.corral.inference.SamplingParameters;

import static org.assertj.core.api.Assertions.assertThat;

class PrefixSharingTests {

	private static final List<Integer> SYSTEM = IntStream.rangeClosed(1, 200).boxed().toList();

	private final SchedulerFixture engine = new SchedulerFixture(4, 64);

	@Test
	void computesAPrefixOnceForAllThatArriveTogether() {
		var users = IntStream.range(0, 16).mapToObj(user -> engine.submit(prompt(user), 5)).toList();

		engine.runToIdle();

		assertThat(users).allSatisfy(user -> assertThat(user.tokens()).isEqualTo(user.expected()));
		assertThat(users).extracting(SchedulerFixture.Submitted::cachedTokens).containsOnlyOnce(0);
		assertThat(users.subList(1, 16)).allSatisfy(user -> assertThat(user.cachedTokens()).isEqualTo(200));
		assertThat(engine.executor.computedTokens).isEqualTo(200 + 16 * (3 + 4));
		assertThat(engine.scheduler.cacheUse())
				.isEqualTo(new CacheStatistics.Context(engine.executor.heldTokens(), 16 * 203, 15 * 200, 0, 0, 0));
	}

	@Test
	void letsOthersGoAheadOfThoseThatWaitForAPrefix() {
		engine.submit(prompt(0), 5);
		var follower = engine.submit(prompt(1), 5);
		var other = engine.submit(List.of(900, 901), 5);

		engine.step();
		engine.step();

		assertThat(follower.state()).isEqualTo(SequenceState.QUEUED);
		assertThat(other.state()).isEqualTo(SequenceState.DECODE);
	}

	@Test
	void goesOnWithoutTheOneItWaitedFor() {
		var first = engine.submit(prompt(0), 5);
		var second = engine.submit(prompt(1), 5);
		engine.step();

		engine.scheduler.cancel(first.sequence);
		engine.runToIdle();

		assertThat(second.tokens()).isEqualTo(second.expected());
		assertThat(second.cachedTokens()).isPositive().isLessThan(200);
	}

	@Test
	void continuesAConversationWhereItIs() {
		var first = engine.submit(prompt(0), 5);
		engine.runToIdle();
		var nextTurn = Stream.of(prompt(0), first.tokens(), List.of(700, 701)).flatMap(List::stream).toList();

		var second = engine.submit(nextTurn, 5);
		engine.runToIdle();

		assertThat(second.tokens()).isEqualTo(second.expected());
		// All but the last token of the reply, which was never computed, and the new turn.
		assertThat(second.cachedTokens()).isEqualTo(nextTurn.size() - 3);
	}

	@Test
	void keepsBothBranchesOfAConversation() {
		var prompt = prompt(0);
		var longReply = engine.submit(prompt, 100);
		engine.runToIdle();
		engine.submit(prompt, 3);
		engine.runToIdle();
		var wentOn = Stream.of(prompt, longReply.tokens(), List.of(7)).flatMap(List::stream).toList();

		var continued = engine.submit(wentOn, 2);
		engine.runToIdle();

		assertThat(continued.cachedTokens()).isEqualTo(wentOn.size() - 2);
	}

	@Test
	void computesTheLastTokenOfAPromptThatIsCachedWhole() {
		engine.submit(prompt(0), 1);
		engine.runToIdle();

		var again = engine.submit(prompt(0), 4);
		engine.runToIdle();

		assertThat(again.tokens()).isEqualTo(again.expected());
		assertThat(again.cachedTokens()).isEqualTo(prompt(0).size() - 1);
	}

	@Test
	void givesUpThePrefixThatWasNotUsedForLongest() {
		for (int conversation = 0; conversation < 4; conversation++) {
			engine.submit(other(conversation), 2);
			engine.runToIdle();
		}
		engine.submit(other(0), 2);
		engine.runToIdle();

		engine.submit(other(9), 2);
		engine.runToIdle();
		var kept = engine.submit(other(0), 2);
		engine.runToIdle();
		var lost = engine.submit(other(1), 2);
		engine.runToIdle();

		assertThat(kept.cachedTokens()).isEqualTo(99);
		assertThat(lost.cachedTokens()).isZero();
	}

	@Test
	void bringsSequencesIntoNeighbouringSlots() {
		var sequences = IntStream.range(0, 4).mapToObj(i -> engine.submit(other(i), 50)).toList();
		IntStream.range(0, 8).forEach(i -> engine.step());
		var slots = sequences.stream().map(submitted -> submitted.sequence.slot()).toList();
		assertThat(slots).containsExactlyInAnyOrder(0, 1, 2, 3);

		engine.scheduler.cancel(sequences.get(slots.indexOf(1)).sequence);
		engine.step();

		var chunks = engine.executor.steps.getLast().chunks();
		assertThat(chunks).hasSize(3).extracting(StepPlan.Chunk::slot).containsExactlyInAnyOrder(1, 2, 3);
		engine.runToIdle();
		assertThat(sequences).filteredOn(submitted -> submitted.state() == SequenceState.FINISHED).hasSize(3)
				.allSatisfy(submitted -> assertThat(submitted.tokens()).isEqualTo(submitted.expected()));
	}

	/** As when a state is larger than all the memory there is for states. */
	@Test
	@Timeout(10)
	void goesOnWhenTheStoreCannotKeepWhatItIsGiven() {
		var store = new TieredStates(new KvTiers(1, null, InstantSource.system()), true, false);
		var small = new SchedulerFixture(1, 64, Integer.MAX_VALUE, store);
		small.submit(prompt(0), 100);
		small.runToIdle();

		var again = small.submit(prompt(1), 5);
		small.runToIdle();

		assertThat(again.tokens()).isEqualTo(again.expected());
		assertThat(again.cachedTokens()).isEqualTo(200);
	}

	@Test
	void neverSharesBetweenTenants() {
		var canary = new GenerationRequest(prompt(0), 5, SamplingParameters.GREEDY, List.of());
		engine.submit(canary.withTenant("a"));
		engine.runToIdle();

		var stranger = engine.submit(canary.withTenant("b"));
		var besideStranger = engine.submit(canary.withTenant("c"));
		engine.step();
		assertThat(besideStranger.state()).as("waits for nobody else's prompt").isEqualTo(SequenceState.PREFILL);
		engine.runToIdle();
		var same = engine.submit(canary.withTenant("a"));
		engine.runToIdle();

		assertThat(stranger.cachedTokens()).isZero();
		assertThat(besideStranger.cachedTokens()).isZero();
		assertThat(same.cachedTokens()).isEqualTo(prompt(0).size() - 1);
	}

	/** A system prompt of 200 tokens and three of a user's own. */
	private static List<Integer> prompt(int user) {
		var prompt = new ArrayList<>(SYSTEM);
		prompt.addAll(List.of(300 + user, 400, 401));
		return prompt;
	}

	private static List<Integer> other(int conversation) {
		return IntStream.range(0, 100).mapToObj(i -> 500 + conversation).toList();
	}

}
