package dev.corral.inference;

/**
 * The beginning of a reply that another engine has generated and told, so that this one goes on with it. With the same model, greedy or
 * from the same seed, both parts together are the reply that one engine would have given ({@link Mirostat} excepted).
 *
 * @param tokens how many there are, 0 or more: those that a {@link GenerationEvent.TokenDelta} has told. They are not told again, nor are
 * their log-probabilities
 * @param characters UTF-16 code units of the text that was told; it is not told again. What these tokens make final on their own counts
 * as told in any case, so 0 is right where no stop sequence can hold text back
 */
public record Resumed(int tokens, int characters) {

	/** The reply begins here. */
	public static final Resumed NONE = new Resumed(0, 0);

	public Resumed {
		if (tokens < 0) {
			throw new InvalidParameter("resumed_tokens", "must be 0 or more, but is " + tokens);
		}
		if (characters < 0) {
			throw new InvalidParameter("resumed_characters", "must be 0 or more, but is " + characters);
		}
		if (tokens == 0 && characters > 0) {
			throw new InvalidParameter("resumed_characters",
					"must be 0 where no tokens are resumed, but is " + characters);
		}
	}

}
