package dev.corral.contextwindow;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import dev.corral.contextwindow.WindowPlan.Cut;
import dev.corral.inference.InferenceFailure.PromptTooLong;

import static dev.corral.contextwindow.WindowPolicy.RECALL;
import static dev.corral.contextwindow.WindowPolicy.RECAP;
import static dev.corral.contextwindow.WindowPolicy.ROLLING;
import static dev.corral.contextwindow.WindowPolicy.SINK_SHIFT;
import static dev.corral.contextwindow.WindowPolicy.SPLIT;
import static dev.corral.contextwindow.WindowPolicy.STRICT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/** The window of these tests has 1000 tokens: 250 for the reply, 750 for the prompt, 50 of them pinned; a cut leaves 450. */
class ContextWindowTests {

	private static final WindowSettings SETTINGS = new WindowSettings(ROLLING, 0.6, 0.25, 16, 0.15, 0.2);

	private final ContextWindow window = new ContextWindow(SETTINGS);

	@ParameterizedTest
	@EnumSource
	void keepsEverythingThatFits(WindowPolicy policy) {
		var plan = window.plan(request(policy, 100, 200, 300, 100));

		assertThat(plan).isEqualTo(new WindowPlan(250, 750, 0, 0, List.of(), 0, 0));
	}

	@Test
	void rollingLeavesOutTheOldestTurnsInOneCoarseStep() {
		var plan = window.plan(request(ROLLING, 100, 100, 100, 100, 100, 100, 100, 100));

		assertThat(plan.cuts()).containsExactly(new Cut(0, 3));
		assertThat(plan).isEqualTo(new WindowPlan(250, 750, 0, 3, List.of(new Cut(0, 3)), 0, 0));
	}

	@Test
	void rollingCutsAgainWhereTheWindowIsFullAgain() {
		var plan = window.plan(request(ROLLING, hundreds(12)));

		assertThat(plan.cuts()).containsExactly(new Cut(0, 3), new Cut(3, 6));
	}

	@Test
	void leavesOutMoreThanUsualWhereTheNewestTurnNeedsTheRoom() {
		var plan = window.plan(request(ROLLING, 100, 100, 100, 100, 100, 100, 100, 550));

		assertThat(plan.from()).isEqualTo(6);
	}

	@Test
	void recapKeepsRoomForASummaryFromTheFirstCutOn() {
		assertThat(window.plan(request(RECAP, hundreds(7))).recapTokens()).isZero();

		var plan = window.plan(request(RECAP, hundreds(8)));

		assertThat(plan).isEqualTo(new WindowPlan(250, 750, 0, 5, List.of(new Cut(0, 5)), 150, 0));
	}

	@Test
	void recallKeepsRoomForWhatIsBroughtBackFromTheFirstCutOn() {
		assertThat(window.plan(request(RECALL, hundreds(7))).recallTokens()).isZero();

		var plan = window.plan(request(RECALL, hundreds(8)));

		assertThat(plan).isEqualTo(new WindowPlan(250, 750, 0, 5, List.of(new Cut(0, 5)), 0, 200));
	}

	@Test
	void givesWhatStandsForOthersAtMostHalfOfWhatACutLeaves() {
		var request = new WindowRequest(RECALL, 1000, null, 250, List.of(hundreds(8)));

		assertThat(window.plan(request).recallTokens()).isEqualTo(100);
	}

	@Test
	void shrinksTheRoomForASummaryBesideALongNewestTurn() {
		var plan = window.plan(request(RECAP, 100, 100, 640));

		assertThat(plan).isEqualTo(new WindowPlan(250, 750, 0, 2, List.of(new Cut(0, 2)), 60, 0));
	}

	@Test
	void shrinksTheReplysRoomBesideALongNewestTurn() {
		var plan = window.plan(request(RECALL, 100, 900));

		assertThat(plan).isEqualTo(new WindowPlan(50, 950, 0, 1, List.of(new Cut(0, 1)), 0, 0));
	}

	@Test
	void sinkShiftKeepsTheFirstTurnAndMakesLittleRoom() {
		var plan = window.plan(request(SINK_SHIFT, 100, 50, 50, 50, 50, 100, 100, 100, 100, 20));

		assertThat(plan).isEqualTo(new WindowPlan(250, 750, 1, 3, List.of(new Cut(1, 3)), 0, 0));
	}

	@Test
	void sinkShiftMovesNotWithEachTurn() {
		var plan = window.plan(request(SINK_SHIFT, fill(41, 20)));

		assertThat(plan.cuts()).hasSize(2)
				.allSatisfy(cut -> assertThat((cut.to() - cut.from()) * 20).isGreaterThanOrEqualTo(750 / 8));
	}

	@Test
	void sinkShiftGivesAFirstTurnUpThatDoesNotFitBesideTheNewest() {
		var plan = window.plan(request(SINK_SHIFT, 300, 100, 100, 450));

		assertThat(plan).isEqualTo(new WindowPlan(250, 750, 0, 1, List.of(new Cut(0, 1)), 0, 0));
	}

	@Test
	void sinkShiftDoesNotKeepAFirstTurnThatTakesMostOfTheRoom() {
		assertThat(window.plan(request(SINK_SHIFT, 376, 100, 100, 100, 100)).head()).isZero();
		assertThat(window.plan(request(SINK_SHIFT, 375, 100, 100, 100, 100)).head()).isEqualTo(1);
	}

	@Test
	void sinkShiftHasTheFirstTurnBackAfterALongOne() {
		var plan = window.plan(request(SINK_SHIFT, 300, 450, 100));

		assertThat(plan).isEqualTo(new WindowPlan(250, 750, 1, 2, List.of(new Cut(1, 2)), 0, 0));
	}

	@Test
	void splitLeavesOutAllTurnsBeforeTheNewest() {
		var plan = window.plan(request(SPLIT, hundreds(9)));

		assertThat(plan).isEqualTo(new WindowPlan(250, 750, 0, 7, List.of(new Cut(0, 7)), 150, 0));
	}

	@Test
	void strictRefusesWhatDoesNotFit() {
		var plan = window.plan(request(STRICT, fill(9, 103)));

		assertThat(plan).isEqualTo(new WindowPlan(23, 977, 0, 0, List.of(), 0, 0));
		assertThatThrownBy(() -> window.plan(request(STRICT, fill(9, 105)))).isInstanceOf(PromptTooLong.class)
				.hasMessage(
						"This model's context window is 1000 tokens, but the prompt has 995 tokens and at least 16 must be left for the reply. Shorten the messages.");
	}

	@ParameterizedTest
	@EnumSource
	void refusesANewestTurnThatDoesNotFitAlone(WindowPolicy policy) {
		assertThat(window.plan(request(policy, 934)).reservedTokens()).isEqualTo(16);
		assertThatThrownBy(() -> window.plan(request(policy, 935))).isInstanceOf(PromptTooLong.class)
				.hasMessageContaining("1000 tokens").hasMessageContaining("985 tokens");
	}

	@ParameterizedTest
	@CsvSource({"100, 100", "5, 5", "1, 1", "500, 500", "501, 500", "1000000, 500"})
	void keepsTheAskedLengthFreeUpToHalfOfTheWindow(int asked, int reserved) {
		var plan = window.plan(new WindowRequest(ROLLING, 1000, asked, 50, List.of(10)));

		assertThat(plan.reservedTokens()).isEqualTo(reserved);
		assertThat(plan.promptTokens()).isEqualTo(1000 - reserved);
	}

	@Test
	void leavesAReplyOfOneTokenNoMoreThanThat() {
		var plan = window.plan(new WindowRequest(ROLLING, 1000, 1, 50, List.of(949)));

		assertThat(plan.promptTokens()).isEqualTo(999);
	}

	@Test
	void survivesTurnsThatWereTooLongInTheirTime() {
		var plan = window.plan(request(ROLLING, 100, 5000, 100, 100));

		assertThat(plan.cuts()).containsExactly(new Cut(0, 1), new Cut(1, 2));
	}

	@Test
	void tellsHowLongTheNewestTurnMayBe() {
		var request = request(ROLLING, 2000);

		assertThat(window.newestTurnLimit(request)).isEqualTo(700);
		assertThat(window.newestTurnLimit(new WindowRequest(ROLLING, 1000, null, 800, List.of(1)))).isZero();
	}

	@Test
	void plansAnewWithWhatThePromptTurnedOutToHave() {
		var request = request(ROLLING, hundreds(7));
		var plan = window.plan(request);

		var corrected = request.corrected(plan, 760);

		assertThat(request.tokens(plan)).isEqualTo(750);
		assertThat(corrected.extraTokens()).isEqualTo(10);
		assertThat(window.plan(corrected).from()).isEqualTo(2);
	}

	@Test
	void planningAnewLeavesEarlierCutsWhereTheyWere() {
		var request = request(ROLLING, hundreds(10));
		var plan = window.plan(request);

		var again = window.plan(request.corrected(plan, 770));

		assertThat(plan.cuts()).containsExactly(new Cut(0, 3));
		assertThat(again.cuts()).containsExactly(new Cut(0, 3), new Cut(3, 5));
	}

	@Test
	void plansAHundredThousandTurnsInOneGo() {
		var turns = Collections.nCopies(100_000, 30);

		var plan = assertTimeoutPreemptively(Duration.ofSeconds(20),
				() -> window.plan(new WindowRequest(ROLLING, 1000, null, 50, turns)));

		assertThat(plan.from()).isGreaterThan(99_970);
		assertThat(plan.cuts()).hasSizeGreaterThan(9_000);
	}

	@Test
	void refusesRequestsThatCannotBe() {
		assertThatThrownBy(() -> request(ROLLING)).hasMessage("a window needs a turn to be replied to");
		assertThatThrownBy(() -> request(ROLLING, 3, -1)).hasMessage("sizes must not be negative");
	}

	private static Integer[] hundreds(int count) {
		return fill(count, 100);
	}

	private static Integer[] fill(int count, int tokens) {
		return IntStream.range(0, count).mapToObj(_ -> tokens).toArray(Integer[]::new);
	}

	private static WindowRequest request(WindowPolicy policy, Integer... turns) {
		return new WindowRequest(policy, 1000, null, 50, Arrays.asList(turns));
	}

}
