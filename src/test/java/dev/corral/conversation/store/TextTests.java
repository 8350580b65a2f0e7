package dev.corral.conversation.store;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TextTests {

	@Test
	void leavesWhatCanBeStoredAsItIs() {
		var text = "naïve 字 😀\n\t\u0001";

		assertThat(Text.storable(text)).isSameAs(text);
	}

	@Test
	void replacesWhatCannotBeStoredAndKeepsTheLength() {
		assertThat(Text.storable("\0a\uD800")).isEqualTo("\uFFFDa\uFFFD");
		assertThat(Text.storable("\uDC00\uD83D\uDE00\uD83D")).isEqualTo("\uFFFD\uD83D\uDE00\uFFFD");
		assertThat(Text.storable("\uD83D\uD83D\uDE00")).isEqualTo("\uFFFD\uD83D\uDE00");
	}

	@Test
	void shortensBetweenCharacters() {
		assertThat(Text.shortened("ab😀", 4)).isEqualTo("ab😀");
		assertThat(Text.shortened("ab😀", 3)).isEqualTo("ab");
		assertThat(Text.shortened("abc", 2)).isEqualTo("ab");
	}

	@Test
	void showsTheTextAroundTheFirstWord() {
		assertThat(Excerpt.of("short", List.of("HORT"))).isEqualTo("short");
		assertThat(Excerpt.of("", List.of("x"))).isEmpty();
		assertThat(Excerpt.of("x".repeat(300), List.of())).isEqualTo("x".repeat(200) + "…");
		assertThat(Excerpt.words("don't: über_alles, 1.5 字!")).containsExactly("don", "t", "über", "alles", "1", "5",
				"字");
	}

	@Test
	void marksEveryWordOnceAndWhole() {
		assertThat(marked("Über 🦙 overhead, Over over-the-top", "over", "OVERHEAD", "über"))
				.isEqualTo("[Über] 🦙 [overhead], [Over] [over]-the-top");
		assertThat(marked("aaa", "aa", "a")).isEqualTo("[aa][a]");
		assertThat(marked("nothing")).isEqualTo("nothing");
	}

	private static String marked(String text, String... words) {
		var marked = new StringBuilder(text);
		for (var mark : Excerpt.marks(text, List.of(words)).reversed()) {
			marked.insert(mark.end(), ']').insert(mark.start(), '[');
		}
		return marked.toString();
	}

}
