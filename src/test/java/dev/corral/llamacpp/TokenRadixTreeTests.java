package dev.corral.llamacpp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class TokenRadixTreeTests {

	private final TokenRadixTree<String> tree = new TokenRadixTree<>();

	@Test
	void findsNothingInAnEmptyTree() {
		assertThat(tree.longest(new int[]{1, 2}, 2)).isEmpty();
	}

	@Test
	void findsNothingThatBeginsDifferently() {
		insert("a", 1, 2, 3);

		assertThat(tree.longest(new int[]{2, 3}, 2)).isEmpty();
	}

	@Test
	void findsTheLongestSharedBeginning() {
		insert("short", 1, 2);
		insert("long", 1, 2, 3, 4);
		insert("other", 1, 5, 6, 7);

		assertThat(longest(1, 2, 3, 9)).isEqualTo("3 of long");
		assertThat(longest(1, 5, 6, 7, 8)).isEqualTo("4 of other");
	}

	@Test
	void findsAListThatGoesOnBeyondTheTokens() {
		insert("long", 1, 2, 3, 4);

		assertThat(longest(1, 2)).isEqualTo("2 of long");
	}

	@Test
	void looksAtNoMoreTokensThanTold() {
		insert("a", 1, 2, 3, 4);

		var match = tree.longest(new int[]{1, 2, 3, 4}, 2).orElseThrow();

		assertThat(match.length()).isEqualTo(2);
	}

	@Test
	void takesNoMoreTokensThanTold() {
		tree.insert(new int[]{1, 2, 3}, 2, "a");

		assertThat(longest(1, 2, 3)).isEqualTo("2 of a");
	}

	@Test
	void prefersTheMostRecentlyUsedOfEqualMatches() {
		var first = insert("first", 1, 2, 3);
		insert("second", 1, 2, 4);
		assertThat(longest(1, 2, 5)).isEqualTo("2 of second");

		tree.touch(first);

		assertThat(longest(1, 2, 5)).isEqualTo("2 of first");
	}

	@Test
	void keepsSeveralValuesUnderTheSameTokens() {
		insert("first", 1, 2);
		var second = insert("second", 1, 2);

		tree.remove(second);

		assertThat(longest(1, 2)).isEqualTo("2 of first");
	}

	@Test
	void namesTheListsThatTokensBeginWith() {
		insert("one", 1);
		insert("three", 1, 2, 3);
		insert("same", 1, 2, 3, 4);
		insert("longer", 1, 2, 3, 4, 5);
		insert("aside", 1, 2, 9);

		assertThat(tree.prefixesOf(new int[]{1, 2, 3, 4}, 4)).extracting(TokenRadixTree.Entry::value)
				.containsExactly("one", "three", "same");
	}

	@Test
	void holdsASharedBeginningOnce() {
		insert("a", 1, 2, 3, 4);
		var branch = insert("b", 1, 2, 3, 5, 6);
		assertThat(tree.storedTokens()).isEqualTo(6);

		tree.remove(branch);

		assertThat(tree.storedTokens()).isEqualTo(4);
	}

	@Test
	void doesNotKeepTheCallersArray() {
		int[] tokens = {1, 2, 3};
		var entry = tree.insert(tokens, 3, "a");

		tokens[1] = 7;

		assertThat(entry.tokens()).containsExactly(1, 2, 3);
	}

	@Test
	void refusesAHandleThatWasRemoved() {
		var entry = insert("a", 1);
		tree.remove(entry);

		assertThatIllegalStateException().isThrownBy(() -> tree.remove(entry))
				.withMessage("the value was removed from its tree: a");
	}

	@Test
	void refusesWhatIsNoList() {
		assertThatIllegalArgumentException().isThrownBy(() -> insert("a"))
				.withMessage("a value needs at least 1 token");
		assertThatExceptionOfType(IndexOutOfBoundsException.class)
				.isThrownBy(() -> tree.insert(new int[]{1}, 2, "a"));
	}

	/** Few different tokens make lists meet often, many make them part early. */
	@ParameterizedTest
	@ValueSource(ints = {1, 2, 3, 50})
	void agreesWithAPlainListUnderRandomOperations(int vocabulary) {
		long seed = 20261123L + vocabulary;
		var random = new SplittableRandom(seed);
		// In order of use, the last one most recently.
		var model = new ArrayList<Held>();
		for (int operation = 0; operation < 20_000; operation++) {
			int choice = random.nextInt(10);
			boolean growing = operation / 1000 % 2 == 0;
			if (model.isEmpty() || choice < (growing ? 5 : 2)) {
				int[] tokens = tokens(random, vocabulary, model);
				model.add(new Held(tokens, tree.insert(tokens, tokens.length, "value " + operation)));
			} else if (choice < 7) {
				tree.remove(model.remove(random.nextInt(model.size())).entry());
			} else if (choice == 7) {
				var held = model.remove(random.nextInt(model.size()));
				tree.touch(held.entry());
				model.add(held);
			}
			check(model, tokens(random, vocabulary, model), "seed %d, operation %d".formatted(seed, operation));
		}
		model.forEach(held -> tree.remove(held.entry()));

		assertThat(tree.size()).isZero();
		assertThat(tree.storedTokens()).isZero();
		assertThat(tree.longest(new int[]{0}, 1)).isEmpty();
	}

	private void check(List<Held> model, int[] asked, String when) {
		int best = model.stream().mapToInt(held -> shared(held.tokens(), asked)).max().orElse(0);
		var found = tree.longest(asked, asked.length);
		assertThat(tree.size()).as(when).isEqualTo(model.size());
		if (best == 0) {
			assertThat(found).as(when).isEmpty();
		} else {
			var newest = model.stream().filter(held -> shared(held.tokens(), asked) == best).toList().getLast();
			assertThat(found).as(when).contains(new TokenRadixTree.Match<>(best, newest.entry()));
			assertThat(newest.entry().tokens()).as(when).isEqualTo(newest.tokens());
		}
		var prefixes = model.stream()
				.filter(held -> shared(held.tokens(), asked) == held.tokens().length)
				.map(Held::entry)
				.toList();
		assertThat(tree.prefixesOf(asked, asked.length)).as(when)
				.isSortedAccordingTo(Comparator.comparing(TokenRadixTree.Entry::length))
				.containsExactlyInAnyOrderElementsOf(prefixes);
		if (when.endsWith("00")) {
			assertThat(tree.storedTokens()).as(when).isEqualTo(distinctBeginnings(model));
		}
	}

	/** New tokens, or a list that is held, cut or continued. */
	private static int[] tokens(SplittableRandom random, int vocabulary, List<Held> model) {
		int[] fresh = random.ints(random.nextInt(1, 12), 0, vocabulary).toArray();
		if (model.isEmpty() || random.nextInt(3) == 0) {
			return fresh;
		}
		int[] known = model.get(random.nextInt(model.size())).tokens();
		int kept = random.nextInt(1, known.length + 1);
		int added = known.length > 60 ? 0 : random.nextInt(fresh.length);
		int[] tokens = Arrays.copyOf(known, kept + added);
		System.arraycopy(fresh, 0, tokens, kept, added);
		return tokens;
	}

	private static long distinctBeginnings(List<Held> model) {
		var beginnings = new HashSet<List<Integer>>();
		for (var held : model) {
			var tokens = Arrays.stream(held.tokens()).boxed().toList();
			for (int length = 1; length <= tokens.size(); length++) {
				beginnings.add(tokens.subList(0, length));
			}
		}
		return beginnings.size();
	}

	private static int shared(int[] a, int[] b) {
		int mismatch = Arrays.mismatch(a, b);
		return mismatch < 0 ? a.length : mismatch;
	}

	private TokenRadixTree.Entry<String> insert(String value, int... tokens) {
		return tree.insert(tokens, tokens.length, value);
	}

	private String longest(int... tokens) {
		var match = tree.longest(tokens, tokens.length).orElseThrow();
		return match.length() + " of " + match.entry().value();
	}

	private record Held(int[] tokens, TokenRadixTree.Entry<String> entry) {
	}

}
