package dev.corral.llamacpp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.corral.inference.GenerationEvent.TokenDelta;
import dev.corral.inference.TokenLogprob;

import static org.assertj.core.api.Assertions.assertThat;

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
