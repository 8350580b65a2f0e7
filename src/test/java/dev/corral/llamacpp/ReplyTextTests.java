package dev.corral.llamacpp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.corral.inference.GenerationEvent.TokenDelta;
import dev.corral.inference.InvalidParameter;
import dev.corral.inference.TokenLogprob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ReplyTextTests {

	private final List<TokenDelta> deltas = new ArrayList<>();

	private int next;

	@Test
	void tellsEachTokenWithItsText() {
		append(new ReplyText(List.of()), "Hello", " you");

		assertThat(deltas).containsExactly(new TokenDelta("Hello", List.of(0)), new TokenDelta(" you", List.of(1)));
	}

	@Test
	void tellsTheTokensOfACharacterWhenItIsComplete() {
		var text = new ReplyText(List.of());
		var emoji = "\uD83E\uDD99".getBytes(StandardCharsets.UTF_8);

		append(text, "a");
		for (byte part : emoji) {
			append(text, new byte[]{part});
		}

		assertThat(deltas).containsExactly(new TokenDelta("a", List.of(0)),
				new TokenDelta("\uD83E\uDD99", List.of(1, 2, 3, 4)));
	}

	@Test
	void neverTellsTokensThatOnlyAStopSequenceIsMadeOf() {
		var text = new ReplyText(List.of("ab.c"));

		append(text, "x a", "a", "b", ".cd");

		assertThat(text.stopped()).isTrue();
		assertThat(deltas).containsExactly(new TokenDelta("x ", List.of(0)), new TokenDelta("a", List.of()));
	}

	@Test
	void tellsTokensThatWereHeldBackForNothing() {
		var text = new ReplyText(List.of("abc"));

		append(text, "a", "b", "x");

		assertThat(deltas).containsExactly(new TokenDelta("abx", List.of(0, 1, 2)));
	}

	@Test
	void tellsWhatIsHeldBackAtTheEnd() {
		var text = new ReplyText(List.of("abc"));

		append(text, "a");
		deltas.add(text.flush());

		assertThat(deltas).containsExactly(new TokenDelta("a", List.of(0)));
		assertThat(text.flush()).isNull();
	}

	@Test
	void keepsLogprobsWithTheirTokens() {
		var text = new ReplyText(List.of());
		var first = logprob(5);
		var second = logprob(6);

		assertThat(text.append(new SampledToken(5, first), new byte[]{(byte) 0xc3})).isNull();
		var delta = text.append(new SampledToken(6, second), new byte[]{(byte) 0xa9});

		assertThat(delta).isEqualTo(new TokenDelta("é", List.of(5, 6), List.of(first, second)));
	}

	@Test
	void goesOnAfterReplayedTokensWithWhatWasNotFinal() {
		var text = new ReplyText(List.of("ab.c"));
		text.replay("x a".getBytes(StandardCharsets.UTF_8));

		append(text, "b", "!");

		assertThat(deltas).containsExactly(new TokenDelta("ab!", List.of(0, 1)));
	}

	@Test
	void goesOnInTheMiddleOfAReplayedCharacter() {
		var text = new ReplyText(List.of());
		text.replay(new byte[]{'a', (byte) 0xc3});

		append(text, new byte[]{(byte) 0xa9});

		assertThat(deltas).containsExactly(new TokenDelta("é", List.of(0)));
	}

	@Test
	void findsAStopSequenceThatBeginsInReplayedTokens() {
		var text = new ReplyText(List.of("ab.c"));
		text.replay("xab".getBytes(StandardCharsets.UTF_8));

		append(text, ".cd");

		assertThat(text.stopSequence()).isEqualTo("ab.c");
		assertThat(deltas).isEmpty();
		assertThat(text.rest().tokenIds()).containsExactly(0);
	}

	@Test
	void goesOnFromWhatWasToldWhateverMayBeginThere() {
		// The second line break told that the first begins no stop sequence; replayed alone, it might.
		var text = new ReplyText(List.of("\n\nUser"));
		text.replay("\n\n".getBytes(StandardCharsets.UTF_8));
		text.toldBefore(1);

		append(text, "\n", "x");

		assertThat(deltas).containsExactly(new TokenDelta("\n\nx", List.of(0, 1)));
	}

	@Test
	void refusesToHaveToldMoreThanWasReplayed() {
		var text = new ReplyText(List.of());
		text.replay("ab".getBytes(StandardCharsets.UTF_8));

		assertThatThrownBy(() -> text.toldBefore(3)).isInstanceOf(InvalidParameter.class).hasMessage(
				"'resumed_characters' must be at most 2, for so much text the resumed tokens have, but is 3.");
	}

	/** Tokens of a few letters and parts of characters, and stop sequences that overlap with themselves. */
	@Test
	void goesOnFromEveryDeltaOfRandomReplies() {
		var random = new SplittableRandom(20261123);
		for (int round = 0; round < 2000; round++) {
			var stops = Stream.generate(() -> letters(random, 6)).limit(random.nextInt(4)).toList();
			var pieces = Stream.generate(() -> piece(random)).limit(random.nextInt(1, 12)).toList();
			var whole = told(new ReplyText(stops), pieces, 0);

			int tokens = 0;
			int characters = 0;
			for (var delta : whole) {
				tokens += delta.tokenIds().size();
				characters += delta.text().length();
				var text = new ReplyText(stops);
				pieces.subList(0, tokens).forEach(text::replay);
				text.toldBefore(characters);
				var rest = told(text, pieces, tokens);

				assertThat(text(rest)).as("%s after %d tokens", stops, tokens)
						.isEqualTo(text(whole).substring(characters));
				assertThat(ids(rest)).isEqualTo(ids(whole).subList(tokens, ids(whole).size()));
			}
		}
	}

	private static byte[] piece(SplittableRandom random) {
		var parts = "\u00e9\uD83E\uDD99".getBytes(StandardCharsets.UTF_8);
		return random.nextInt(4) == 0
				? new byte[]{parts[random.nextInt(parts.length)]}
				: letters(random, 4).getBytes(StandardCharsets.UTF_8);
	}

	private static String letters(SplittableRandom random, int most) {
		return random.ints(random.nextInt(1, most + 1), 'a', 'c').mapToObj(Character::toString).reduce("",
				String::concat);
	}

	/** What a text makes of all pieces from one on, and of the end. */
	private static List<TokenDelta> told(ReplyText text, List<byte[]> pieces, int from) {
		var told = new ArrayList<TokenDelta>();
		for (int token = from; token < pieces.size() && !text.stopped(); token++) {
			var delta = text.append(new SampledToken(token, null), pieces.get(token));
			if (delta != null) {
				told.add(delta);
			}
		}
		var last = text.flush();
		if (last != null) {
			told.add(last);
		}
		return told;
	}

	private static String text(List<TokenDelta> deltas) {
		return String.join("", deltas.stream().map(TokenDelta::text).toList());
	}

	private static List<Integer> ids(List<TokenDelta> deltas) {
		return deltas.stream().flatMap(delta -> delta.tokenIds().stream()).toList();
	}

	private static TokenLogprob logprob(int token) {
		return new TokenLogprob(token, -1, new byte[0], List.of());
	}

	private void append(ReplyText text, String... pieces) {
		for (var piece : pieces) {
			append(text, piece.getBytes(StandardCharsets.UTF_8));
		}
	}

	private void append(ReplyText text, byte[] piece) {
		var delta = text.append(new SampledToken(next++, null), piece);
		if (delta != null) {
			deltas.add(delta);
		}
	}

}
