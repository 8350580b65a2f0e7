package dev.corral.contextwindow;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WordsTests {

	@Test
	void partsWordsAtWhatIsNoLetterOrDigit() {
		assertThat(words("Hello, World! It's 3+5 = x_2")).containsExactly("hello", "world", "it", "s", "3", "5", "x",
				"2");
	}

	@Test
	void keepsAccentsWithTheirLetters() {
		assertThat(words("Cafe\u0301 Ärger नमस्ते")).containsExactly("cafe\u0301", "ärger", "नमस्ते");
	}

	@Test
	void pairsCharactersOfScriptsWithoutSpaces() {
		assertThat(words("我住在Oslo吗？ 猫")).containsExactly("我住", "住在", "oslo", "吗", "猫");
		assertThat(words("𠀀𠀁𠀂")).containsExactly("𠀀𠀁", "𠀁𠀂");
	}

	@Test
	void cutsRunsThatAreNoWords() {
		assertThat(words("x".repeat(100_000))).containsExactly("x".repeat(64));
	}

	@Test
	void findsNoWordsInBrokenText() {
		assertThat(words("\uD83E \u0000 🦙 \uDD99")).isEmpty();
	}

	private static List<String> words(String text) {
		var words = new ArrayList<String>();
		Words.forEach(text, words::add);
		return words;
	}

}
