package dev.corral.contextwindow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.corral.contextwindow.RecallRanking.Candidate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class RecallRankingTests {

	private static final List<String> SMALL_TALK = List.of("How many days are in a week? There are 7 days in a week.",
			"What is 3 + 5? 3 + 5 = 8", "Tell me a joke. What do you call a sleeping bull? A bulldozer!",
			"Which planet is closest to the sun? Mercury is closest to the Sun.", "Thanks! You are welcome!",
			"Is ice cold? Yes, ice is cold.", "What day comes after Friday? Saturday comes after Friday.",
			"What is the capital of Norway? The capital of Norway is Oslo.",
			"how are you today I am fine, thank you. How can I help you?");

	@Test
	void bringsBackTheTurnThatTheMessageIsAbout() {
		assertThat(pick("What is the capital of Norway?", 1000, "I like tea.", "Norway is cold.", "Bees make honey."))
				.containsExactly(1);
	}

	@Test
	void bringsNothingBackThatSharesNoWord() {
		assertThat(pick("Where do I live?", 1000, "Bees make honey.", "")).isEmpty();
		assertThat(pick("", 1000, "Bees make honey.")).isEmpty();
		assertThat(pick("?!", 1000)).isEmpty();
	}

	@Test
	void bringsNothingBackThatMattersMuchLessThanTheBest() {
		assertThat(
				pick("What is my name?", 1000, "My name is Ada.", "What is the time?", "Is this it?", "What is this?"))
				.containsExactly(0);
	}

	@Test
	void bringsBackAnOnlyTurn() {
		assertThat(pick("What is my name?", 1000, "My name is Ada.")).containsExactly(0);
	}

	@Test
	void prefersTheBestThenTheNewerWithinTheBudget() {
		assertThat(pick("red tulips", 25, "red", "red tulips", "tulips", "red", "tulips", "tea", "milk"))
				.containsExactly(1, 4);
	}

	@Test
	void fillsTheBudgetWithSmallerTurnsWhereALargerOneDoesNotFit() {
		var candidates = List.of(new Candidate("tulips", 7), new Candidate("red tulips", 20), new Candidate("red", 9),
				new Candidate("tea", 1), new Candidate("milk", 1));

		assertThat(RecallRanking.pick("red tulips", candidates, 19)).containsExactly(0, 2);
		assertThat(RecallRanking.pick("red tulips", candidates, 8)).containsExactly(0);
		assertThat(RecallRanking.pick("red tulips", candidates, 6)).isEmpty();
	}

	@Test
	void returnsTurnsInTheOrderOfTheConversation() {
		assertThat(pick("red tulips", 1000, "red", "milk", "red tulips", "tulips")).containsExactly(0, 2, 3);
	}

	@Test
	void scoresAsTheFormulaSays() {
		var scores = RecallRanking.scores("red", List.of("red red tea", "milk", "red"));

		// ln(1 + 1.5 / 2.5) is the weight of a word in two of three texts; lengths 3, 1 and 1 have a mean of 5/3.
		double weight = Math.log(1 + 1.5 / 2.5);
		assertThat(scores[0]).isCloseTo(weight * 2 * 2.2 / (2 + 1.2 * (0.25 + 0.75 * 3 / (5 / 3.0))), within(1e-9));
		assertThat(scores[1]).isZero();
		assertThat(scores[2]).isCloseTo(weight * 2.2 / (1 + 1.2 * (0.25 + 0.75 / (5 / 3.0))), within(1e-9));
	}

	@Test
	void findsWordsWhateverTheirCase() {
		assertThat(pick("CAFÉ", 1000, "tea", "the café is shut")).containsExactly(1);
	}

	@ParameterizedTest
	@CsvSource({"我住在哪里？, 我住在奥斯陆。", "私の犬の名前は何ですか, 犬の名前はポチです", "내 이름이 뭐야?, 내 이름은 에이다야", "我的猫叫什么？, 我的猫叫小黑。"})
	void findsTurnsOfLanguagesWithoutSpaces(String question, String fact) {
		assertThat(pick(question, 1000, "今天天气很好。", fact, "bees make honey")).contains(1);
	}

	@ParameterizedTest
	@CsvSource({"What is my name?, My name is Ada. Nice to meet you, Ada!",
			"Where do I live?, I live in Oslo. Oslo sounds nice.",
			"So what was the code word?, Our secret code word is zeppelin. I will remember it.",
			"How is my cat called?, At home I have a cat named Tobias. That is a lovely name for a cat!",
			"Which number was it that I gave you?, Please keep the number 4711 in mind. I will remember the number 4711."})
	void findsWhatWasToldInTheFirstOf300Turns(String question, String fact) {
		var random = new Random(7);
		var turns = new ArrayList<Candidate>();
		turns.add(new Candidate(fact, 40));
		for (int i = 1; i < 299; i++) {
			turns.add(new Candidate(SMALL_TALK.get(random.nextInt(SMALL_TALK.size())), 60));
		}

		assertThat(RecallRanking.pick(question, turns, 400)).first().isEqualTo(0);
	}

	private static List<Integer> pick(String message, int mostTokens, String... leftOut) {
		return RecallRanking.pick(message, Arrays.stream(leftOut).map(text -> new Candidate(text, 10)).toList(),
				mostTokens);
	}

}
