package dev.corral.contextwindow;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.corral.contextwindow.WindowPlan.Cut;
import dev.corral.inference.InferenceFailure.PromptTooLong;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds for every window, tried on thousands of random ones. */
class ContextWindowRandomTests {

	private static final Logger log = LoggerFactory.getLogger(ContextWindowRandomTests.class);

	private static final int CONVERSATIONS = 4_000;

	/** A conversation under one policy, as far as its turns have come. */
	private record Talk(WindowSettings settings, ContextWindow window, WindowPolicy policy, int contextTokens,
			int pinned, List<Integer> asked,
			List<Integer> whole) {

		/** When this turn was the newest: those before it have their replies. */
		WindowRequest at(int turn) {
			var turns = new ArrayList<>(whole.subList(0, turn));
			turns.add(asked.get(turn));
			return new WindowRequest(policy, contextTokens, null, pinned, turns);
		}

	}

	@Test
	void isNeverOverBudgetAndKeepsWhatMustStay() {
		forEachTalk(talk -> {
			for (int turn = 0; turn < talk.asked.size(); turn++) {
				var request = talk.at(turn);
				int mandatory = talk.pinned + talk.asked.get(turn);
				var plan = planOf(talk, request);
				if (plan == null) {
					long all = talk.policy == WindowPolicy.STRICT ? total(request) : mandatory;
					assertThat(all).isGreaterThan(talk.contextTokens - 16);
					continue;
				}
				assertThat(plan.promptTokens() + plan.reservedTokens()).isEqualTo(talk.contextTokens);
				assertThat(plan.reservedTokens()).isGreaterThanOrEqualTo(Math.min(16, talk.contextTokens / 2));
				assertThat(request.tokens(plan)).isBetween((long) mandatory, (long) plan.promptTokens());
				assertThat(plan.from()).isBetween(0, turn);
				assertThat(plan.head()).isBetween(0, Math.min(1, plan.from()));
			}
		});
	}

	@Test
	void cutsFollowOnEachOther() {
		forEachTalk(talk -> {
			var plan = planOf(talk, talk.at(talk.asked.size() - 1));
			if (plan == null) {
				return;
			}
			int at = plan.head();
			for (Cut cut : plan.cuts()) {
				assertThat(cut.from()).isEqualTo(at);
				assertThat(cut.to()).isGreaterThan(at);
				at = cut.to();
			}
			assertThat(plan.cuts().isEmpty()).isEqualTo(plan.from() == 0);
			assertThat(plan.from()).isEqualTo(plan.from() == 0 ? 0 : at);
		});
	}

	@Test
	void keepsTheSameForAsLongAsItFits() {
		int[] stable = {0};
		forEachTalk(talk -> {
			for (int turn = 0; turn + 1 < talk.asked.size(); turn++) {
				var plan = planOf(talk, talk.at(turn));
				var next = talk.at(turn + 1);
				if (plan == null || next.tokens(withFullAllowance(talk, plan)) > usualPrompt(talk)) {
					continue;
				}
				var after = talk.window.plan(next);
				assertThat(after.from()).isEqualTo(plan.from());
				assertThat(after.head()).isGreaterThanOrEqualTo(plan.head());
				stable[0]++;
			}
		});
		assertThat(stable[0]).isGreaterThan(CONVERSATIONS);
	}

	@Test
	void planningWhatWasKeptKeepsAllOfIt() {
		forEachTalk(talk -> {
			var request = talk.at(talk.asked.size() - 1);
			var plan = planOf(talk, request);
			if (plan == null) {
				return;
			}
			assertThat(talk.window.plan(request)).isEqualTo(plan);
			var kept = new ArrayList<>(request.turns().subList(0, plan.head()));
			kept.addAll(request.turns().subList(plan.from(), request.turns().size()));
			int pinned = talk.pinned + plan.recapTokens() + plan.recallTokens();
			var again = talk.window.plan(new WindowRequest(talk.policy, talk.contextTokens, null, pinned, kept));
			assertThat(again.from()).isZero();
		});
	}

	@Test
	void planningAnewConverges() {
		var random = new Random(3);
		forEachTalk(talk -> {
			var request = talk.at(talk.asked.size() - 1);
			double error = 1 + random.nextDouble() / 10;
			for (int attempts = 0;; attempts++) {
				var plan = planOf(talk, request);
				if (plan == null) {
					return;
				}
				int actual = (int) ((request.tokens(plan) - request.extraTokens()) * error);
				if (actual <= plan.promptTokens()) {
					return;
				}
				request = request.corrected(plan, actual);
				assertThat(attempts).isLessThan(5);
			}
		});
	}

	/** A cut reads what it keeps again, so with {@code c} kept of the room there are {@code c / (1 - c)} tokens read again for each new one. */
	@ParameterizedTest
	@CsvSource({"0.2, 1.3", "0.4, 1.75", "0.5, 2.1", "0.6, 2.65", "0.8, 5.4"})
	void rollingReadsNoMoreAgainThanCutToSays(double cutTo, double most) {
		for (int turn : List.of(20, 45, 68, 100)) {
			var window = new ContextWindow(new WindowSettings(WindowPolicy.ROLLING, cutTo, 0.25, 16, 0.15, 0.2));
			int pinned = 40;
			int count = 40_000 / turn;
			var turns = new ArrayList<>(List.of(turn));
			long read = pinned + turn;
			var plan = window.plan(request(pinned, turns));
			for (int i = 1; i < count; i++) {
				turns.add(turn);
				var next = window.plan(request(pinned, turns));
				read += next.from() == plan.from() ? turn : (i + 1 - next.from()) * turn;
				plan = next;
			}

			double ratio = read / (double) (count * turn + pinned);
			log.info("Rolling, cut to {}, turns of {}: {} cuts, {} tokens read for each new one", cutTo, turn,
					plan.cuts().size(), ratio);
			assertThat(ratio).isBetween(1.0, most);
			assertThat(plan.cuts().size()).isLessThanOrEqualTo((int) (count * turn / ((1 - cutTo) * 1536 - turn)) + 1);
		}
	}

	private static WindowRequest request(int pinned, List<Integer> turns) {
		return new WindowRequest(WindowPolicy.ROLLING, 2048, null, pinned, turns);
	}

	private static void forEachTalk(Consumer<Talk> check) {
		long seed = Long.getLong("corral.test.seed", System.nanoTime());
		log.info("Seed {}; repeat with -Dcorral.test.seed={}", seed, seed);
		var random = new Random(seed);
		for (int i = 0; i < CONVERSATIONS; i++) {
			var talk = randomTalk(random);
			try {
				check.accept(talk);
			} catch (AssertionError | RuntimeException e) {
				throw new AssertionError("seed %d, conversation %d: %s".formatted(seed, i, talk), e);
			}
		}
	}

	private static Talk randomTalk(Random random) {
		var policies = WindowPolicy.values();
		var policy = policies[random.nextInt(policies.length)];
		var settings = new WindowSettings(policy, random.nextDouble(0.1, 0.95), 0.25, 16, random.nextDouble(0.02, 0.5),
				random.nextDouble(0.02, 0.5));
		int contextTokens = random.nextInt(32, 4096);
		int pinned = random.nextInt(random.nextInt(10) == 0 ? contextTokens : contextTokens / 4);
		int largest = Math.max(2, contextTokens / random.nextInt(1, 40));
		var asked = new ArrayList<Integer>();
		var whole = new ArrayList<Integer>();
		for (int turns = random.nextInt(1, 60); turns > 0; turns--) {
			asked.add(random.nextInt(largest));
			whole.add(asked.getLast() + random.nextInt(largest));
		}
		return new Talk(settings, new ContextWindow(settings), policy, contextTokens, pinned, asked, whole);
	}

	private static @Nullable WindowPlan planOf(Talk talk, WindowRequest request) {
		try {
			return talk.window.plan(request);
		} catch (PromptTooLong e) {
			return null;
		}
	}

	/** A plan with all the room for what stands for others, and for a first turn that may come back after a long one. */
	private static WindowPlan withFullAllowance(Talk talk, WindowPlan plan) {
		int cutTo = (int) (usualPrompt(talk) * talk.settings.cutTo());
		double part = switch (talk.policy) {
			case RECAP, SPLIT -> talk.settings.recapTokens();
			case RECALL -> talk.settings.recallTokens();
			default -> 0;
		};
		int allowance = Math.min((int) (talk.contextTokens * part), Math.max(0, cutTo - talk.pinned) / 2);
		boolean shifted = talk.policy == WindowPolicy.SINK_SHIFT && plan.from() > 0;
		return new WindowPlan(0, 0, shifted ? 1 : plan.head(), plan.from(), List.of(), plan.from() > 0 ? allowance : 0,
				0);
	}

	private static int usualPrompt(Talk talk) {
		return talk.contextTokens - Math.max((int) (talk.contextTokens * 0.25), Math.min(16, talk.contextTokens / 2));
	}

	private static long total(WindowRequest request) {
		return request.pinnedTokens() + request.turns().stream().mapToLong(Integer::longValue).sum();
	}

}
