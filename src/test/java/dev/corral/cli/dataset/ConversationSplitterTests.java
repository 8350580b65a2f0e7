package dev.corral.cli.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.corral.template.Role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ConversationSplitterTests {

	private static final int CONVERSATIONS = 3000;

	private static final FakeMeasure CHARACTERS = new FakeMeasure(1, 0, 0, false);

	@Test
	void takesAsManyWholeRoundsAsFit() {
		assertThat(lengths(split(CHARACTERS, 100, OversizePolicy.SPLIT, 20, 20, 20, 20, 20, 20)))
				.containsExactly(List.of(20, 20, 20, 20), List.of(20, 20));
	}

	@Test
	void keepsTheLastRoundWhenItNeedsAPieceOfItsOwn() {
		assertThat(lengths(split(CHARACTERS, 50, OversizePolicy.SPLIT, 20, 20, 20, 20)))
				.containsExactly(List.of(20, 20), List.of(20, 20));
	}

	@Test
	void cutsAReplyThatIsTooLongAndGoesOnWithIt() {
		var pieces = split(CHARACTERS, 50, OversizePolicy.SPLIT, 10, 100, 5, 5);

		assertThat(lengths(pieces)).containsExactly(List.of(10, 40), List.of(2, 48), List.of(2, 12, 5, 5));
		assertThat(pieces.get(1)).extracting(Turn::source).containsExactly(Turn.NOWHERE, 1);
		assertThat(pieces.get(2)).extracting(Turn::part).containsExactly(0, 2, 0, 0);
	}

	@Test
	void cutsAQuestionThatLeavesNoRoomForAReply() {
		assertThat(lengths(split(CHARACTERS, 40, OversizePolicy.SPLIT, 100, 20)))
				.containsExactly(List.of(40), List.of(40), List.of(20, 20));
		assertThat(lengths(split(CHARACTERS, 40, OversizePolicy.SPLIT, 40, 10)))
				.containsExactly(List.of(20), List.of(20, 10));
	}

	@Test
	void cutsTheEndsOffIfAskedTo() {
		assertThat(lengths(split(CHARACTERS, 40, OversizePolicy.TRUNCATE, 100, 20, 5, 5)))
				.containsExactly(List.of(30, 10), List.of(5, 5));
		assertThat(lengths(split(CHARACTERS, 40, OversizePolicy.TRUNCATE, 10, 99)))
				.containsExactly(List.of(10, 30));
	}

	@Test
	void leavesOutWhatIsTooLongIfAskedTo() {
		assertThat(lengths(split(CHARACTERS, 40, OversizePolicy.DROP, 100, 1, 5, 5, 1, 100, 6, 6)))
				.containsExactly(List.of(5, 5), List.of(6, 6));
		assertThat(split(CHARACTERS, 40, OversizePolicy.DROP, 100, 1)).isEmpty();
	}

	@Test
	void saysThatNothingFits() {
		assertThatExceptionOfType(NoRoom.class)
				.isThrownBy(() -> split(new FakeMeasure(1, 0, 40, false), 40, OversizePolicy.SPLIT, 5, 5))
				.withMessage("a piece of 40 tokens has no room beside the system message and the template");
	}

	@ParameterizedTest
	@ValueSource(booleans = {false, true})
	void losesNothingAndKeepsToTheLimit(boolean bytePairs) {
		var random = new SplittableRandom(5);
		for (int i = 0; i < CONVERSATIONS; i++) {
			var measure = measure(random, bytePairs);
			int most = random.nextInt(40, 200);
			var turns = turns(random);

			var pieces = splitter(measure, most, OversizePolicy.SPLIT).split(turns).pieces();

			assertThat(pieces).as("conversation %d", i).allSatisfy(piece -> assertSound(piece, measure, most));
			assertThat(texts(pieces, turns.size())).as("conversation %d", i)
					.isEqualTo(turns.stream().map(Turn::text).toList());
		}
	}

	@ParameterizedTest
	@EnumSource
	void leavesAloneWhatFits(OversizePolicy policy) {
		var random = new SplittableRandom(6);
		for (int i = 0; i < CONVERSATIONS; i++) {
			var measure = measure(random, random.nextBoolean());
			var splitter = splitter(measure, random.nextInt(40, 200), policy);

			for (var piece : splitter.split(turns(random)).pieces()) {
				assertThat(splitter.split(piece)).isEqualTo(new Split(List.of(piece), 0));
			}
		}
	}

	@ParameterizedTest
	@EnumSource(names = {"TRUNCATE", "DROP"})
	void shortensOnlyRoundsThatAreTooLong(OversizePolicy policy) {
		var random = new SplittableRandom(7);
		for (int i = 0; i < CONVERSATIONS; i++) {
			var measure = measure(random, random.nextBoolean());
			int most = random.nextInt(40, 200);
			var turns = turns(random);

			var split = splitter(measure, most, policy).split(turns);

			int longRounds = 0;
			var kept = texts(split.pieces(), turns.size());
			for (int at = 0; at < turns.size(); at += 2) {
				var round = turns.subList(at, Math.min(at + 2, turns.size()));
				var now = kept.subList(at, at + round.size());
				if (measure.tokens(round) <= most) {
					assertThat(now).isEqualTo(round.stream().map(Turn::text).toList());
				} else {
					longRounds++;
					assertThat(round).extracting(Turn::text).isNotEqualTo(now).first().asString()
							.startsWith(now.getFirst());
				}
			}
			assertThat(split.oversizeRounds()).isEqualTo(longRounds);
			assertThat(split.pieces()).allSatisfy(piece -> assertSound(piece, measure, most));
		}
	}

	@Test
	void leavesNoRoomThatTheNextRoundWouldFitInto() {
		var random = new SplittableRandom(8);
		for (int i = 0; i < CONVERSATIONS; i++) {
			var measure = measure(random, random.nextBoolean());
			int most = random.nextInt(120, 300);

			var pieces = splitter(measure, most, OversizePolicy.DROP).split(shortTurns(random)).pieces();

			for (int next = 1; next < pieces.size(); next++) {
				var more = new ArrayList<>(pieces.get(next - 1));
				more.addAll(pieces.get(next).subList(0, Math.min(2, pieces.get(next).size())));
				assertThat(measure.tokens(more)).isGreaterThan(most);
			}
		}
	}

	private static void assertSound(List<Turn> piece, PieceMeasure measure, int most) {
		assertThat(piece).isNotEmpty();
		assertThat(measure.tokens(piece)).isLessThanOrEqualTo(most);
		for (int i = 0; i < piece.size(); i++) {
			assertThat(piece.get(i).role()).isEqualTo(i % 2 == 0 ? Role.USER : Role.ASSISTANT);
		}
	}

	/** What the pieces hold of each message. */
	private static List<String> texts(List<List<Turn>> pieces, int messages) {
		return IntStream.range(0, messages).mapToObj(source -> String.join("",
				pieces.stream().flatMap(List::stream).filter(turn -> turn.source() == source).map(Turn::text).toList()))
				.toList();
	}

	private static FakeMeasure measure(SplittableRandom random, boolean bytePairs) {
		return new FakeMeasure(random.nextInt(1, 5), random.nextInt(4), random.nextInt(6), bytePairs);
	}

	private static List<Turn> turns(SplittableRandom random) {
		return turns(random.ints(random.nextInt(1, 14), 0, 10)
				.map(kind -> kind == 0 ? random.nextInt(2000) : random.nextInt(120)).toArray());
	}

	private static List<Turn> shortTurns(SplittableRandom random) {
		return turns(random.ints(random.nextInt(1, 30), 0, 50).toArray());
	}

	/** Texts in which no two places look alike. */
	private static List<Turn> turns(int... lengths) {
		var turns = new ArrayList<Turn>();
		int next = 0;
		for (int length : lengths) {
			var text = new StringBuilder();
			for (int i = 0; i < length; i++) {
				text.append((char) ('一' + next++ % 8000));
			}
			turns.add(new Turn(turns.size() % 2 == 0 ? Role.USER : Role.ASSISTANT, text.toString(), turns.size()));
		}
		return turns;
	}

	private static List<List<Turn>> split(PieceMeasure measure, int most, OversizePolicy policy, int... lengths) {
		return splitter(measure, most, policy).split(turns(lengths)).pieces();
	}

	private static ConversationSplitter splitter(PieceMeasure measure, int most, OversizePolicy policy) {
		return new ConversationSplitter(measure, most, policy, "Go");
	}

	private static List<List<Integer>> lengths(List<List<Turn>> pieces) {
		return pieces.stream().map(piece -> piece.stream().map(turn -> turn.text().length()).toList()).toList();
	}

}
