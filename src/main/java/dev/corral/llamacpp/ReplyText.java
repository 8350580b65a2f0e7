package dev.corral.llamacpp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.GenerationEvent.Rest;
import dev.corral.inference.GenerationEvent.TokenDelta;
import dev.corral.inference.InvalidParameter;
import dev.corral.inference.TokenLogprob;

/**
 * The text of one reply as its tokens become it: whole characters, up to a stop sequence. A token is told with the delta in which its
 * text begins; one whose text never comes out, because it is part of a stop sequence or of a character that has no end, is not told.
 */
final class ReplyText {

	private final StopMatcher stops;

	private final Utf8Assembler characters = new Utf8Assembler();

	/** Tokens that were not told yet, in order. */
	private final Deque<Placed> untold = new ArrayDeque<>();

	/** Characters of the reply so far, held back ones included. */
	private long length;

	/** Characters that came out. */
	private long told;

	/** Characters that another engine has told: those of them that come out here are not told again. */
	private long toldBefore;

	ReplyText(List<String> stopSequences) {
		stops = new StopMatcher(stopSequences);
	}

	/**
	 * What this token makes final, or {@code null} if that is no text.
	 *
	 * @param piece the token's bytes
	 */
	@Nullable
	TokenDelta append(SampledToken token, byte[] piece) {
		var text = characters.append(piece);
		untold.add(new Placed(token, length));
		length += text.length();
		return delta(stops.append(text));
	}

	/**
	 * Takes a token that another engine has told, with its text as far as that was final.
	 *
	 * @param piece the token's bytes
	 */
	void replay(byte[] piece) {
		var text = characters.append(piece);
		length += text.length();
		told += stops.append(text).length();
	}

	/**
	 * Says how much of the replayed text was told; it may be more than the tokens make final, for what came after them may have shown
	 * that no stop sequence begins there.
	 *
	 * @throws InvalidParameter if the tokens have less text
	 */
	void toldBefore(int characters) {
		if (characters > length) {
			throw new InvalidParameter("resumed_characters",
					"must be at most %d, for so much text the resumed tokens have, but is %d".formatted(length,
							characters));
		}
		toldBefore = characters;
	}

	/** Takes a token that ends the reply and has no part in its text. */
	void end(SampledToken token) {
		untold.add(new Placed(token, length));
	}

	/** The tokens that were in no delta, when no more come. */
	Rest rest() {
		var tokens = untold.stream().map(Placed::token).toList();
		return new Rest(tokens.stream().map(SampledToken::id).toList(),
				tokens.stream().map(SampledToken::logprob).filter(Objects::nonNull).toList());
	}

	/** Whether a stop sequence has ended the reply. */
	boolean stopped() {
		return stops.matched();
	}

	/** The stop sequence that has ended the reply, {@code null} if none has. */
	@Nullable
	String stopSequence() {
		return stops.match();
	}

	/** What was held back, when no more tokens come, or {@code null} if that is nothing. */
	@Nullable
	TokenDelta flush() {
		return delta(stops.flush());
	}

	private @Nullable TokenDelta delta(String released) {
		int known = (int) Math.min(released.length(), Math.max(0, toldBefore - told));
		told += released.length();
		var text = released.substring(known);
		if (text.isEmpty()) {
			return null;
		}
		var tokens = new ArrayList<Integer>();
		var logprobs = new ArrayList<TokenLogprob>();
		for (var next = untold.peek(); next != null && next.begin() < told; next = untold.peek()) {
			var token = untold.remove().token();
			tokens.add(token.id());
			if (token.logprob() != null) {
				logprobs.add(token.logprob());
			}
		}
		return new TokenDelta(text, tokens, logprobs);
	}

	/** @param begin characters of the reply before the token */
	private record Placed(SampledToken token, long begin) {
	}

}
