package dev.corral.llamacpp;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

class SlideTests {

	@Test
	void findsWhatFollowsADroppedMiddle() {
		var held = tokens("HHHHbbbcccccc");
		var prompt = tokens("HHHHccccccdd");

		var slide = Slide.of(held, prompt, prompt.length);

		assertThat(slide).isEqualTo(new Slide(4, 7, 6));
		assertThat(requireNonNull(slide).tokens()).isEqualTo(10);
		assertThat(slide.end()).isEqualTo(13);
		assertThat(slide.shortenedTo(8)).isEqualTo(new Slide(4, 7, 4));
	}

	@Test
	void leavesOutWhatThePromptDoesNotGoOnWith() {
		var slide = Slide.of(tokens("HHHHbbbccccccxxx"), tokens("HHHHccccccdd"), 12);

		assertThat(slide).isEqualTo(new Slide(4, 7, 6));
	}

	@Test
	void takesTheLongestOfSeveralRuns() {
		var slide = Slide.of(tokens("HHxabxxabcdyyabcz"), tokens("HHabcdefg"), 9);

		assertThat(slide).isEqualTo(new Slide(2, 7, 4));
	}

	@Test
	void countsNoMoreTokensThanTheLimit() {
		assertThat(Slide.of(tokens("HHbbcccc"), tokens("HHcccc"), 5)).isEqualTo(new Slide(2, 4, 3));
	}

	@Test
	void findsNothingWhereNothingIsMissing() {
		assertThat(Slide.of(tokens("HHcc"), tokens("HHccdd"), 6)).isNull();
		assertThat(Slide.of(tokens("HHccee"), tokens("HHcc"), 3)).isNull();
		assertThat(Slide.of(tokens("HHbbb"), tokens("HHccc"), 5)).isNull();
		assertThat(Slide.of(tokens(""), tokens("HH"), 2)).isNull();
		assertThat(Slide.of(tokens("HH"), tokens("HH"), 0)).isNull();
	}

	@Test
	void findsTheSameAsTryingEveryPlace() {
		var random = new SplittableRandom(20261123);
		for (int round = 0; round < 20_000; round++) {
			int letters = random.nextInt(1, 5);
			var held = random.ints(random.nextInt(30), 0, letters).toArray();
			var prompt = random.ints(random.nextInt(1, 30), 0, letters).toArray();
			int limit = random.nextInt(prompt.length + 1);

			var slide = Slide.of(held, prompt, limit);

			assertThat(slide).as("%s in %s, %d", Arrays.toString(prompt), Arrays.toString(held), limit)
					.isEqualTo(tryEveryPlace(held, prompt, limit));
		}
	}

	/** Half a million tokens that repeat themselves, where looking at every place anew would take hours. */
	@Test
	void takesTimeInProportionToTheTokens() {
		var held = new int[500_000];
		var prompt = new int[500_000];
		held[10] = 1;
		prompt[400_000] = 2;

		var slide = Slide.of(held, prompt, prompt.length);

		assertThat(slide).isEqualTo(new Slide(10, 11, 399_990));
	}

	private static @Nullable Slide tryEveryPlace(int[] held, int[] prompt, int limit) {
		int head = common(held, 0, prompt, 0, limit);
		if (head == held.length || head == limit) {
			return null;
		}
		return IntStream.range(head, held.length)
				.mapToObj(from -> new Slide(head, from, common(held, from, prompt, head, limit)))
				.filter(slide -> slide.length() > 0)
				.reduce((a, b) -> b.length() > a.length() ? b : a)
				.orElse(null);
	}

	private static int common(int[] held, int from, int[] prompt, int start, int limit) {
		int length = 0;
		while (from + length < held.length && start + length < limit
				&& held[from + length] == prompt[start + length]) {
			length++;
		}
		return length;
	}

	private static int[] tokens(String letters) {
		return letters.chars().toArray();
	}

}
