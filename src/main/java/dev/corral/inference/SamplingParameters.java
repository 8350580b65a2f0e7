package dev.corral.inference;

import org.jspecify.annotations.Nullable;

import static dev.corral.inference.Ranges.require;

/**
 * How the next token is chosen. The one place that tells the order, which is that of llama.cpp's default chain
 * (tools/server/README.md, {@code samplers}):
 * <ol>
 * <li>{@link TokenRules}: logit bias, then tokens that are not allowed or banned;
 * <li>the {@link OutputConstraint} of the request;
 * <li>{@link RepetitionPenalties}: repetition, then presence and frequency;
 * <li>{@link Dry};
 * <li>at temperature 0 the most likely token is taken here, and nothing below applies;
 * <li>{@link Truncation}: top-n-sigma, top-k, typical-p, top-p, min-p;
 * <li>{@link Xtc};
 * <li>temperature, then one draw.
 * </ol>
 * With {@link Mirostat}, temperature comes before it, and truncation and XTC do not apply.
 *
 * <p>Draws depend on the seed and the position of the token alone.
 *
 * @param temperature 0 (greedy: always the most likely token) to 2; divides the logits (Ackley et al. 1985)
 * @param truncation which tokens are too unlikely to be drawn
 * @param xtc {@code null} is off
 * @param mirostat {@code null} is off
 * @param penalties for tokens already used
 * @param dry {@code null} is off
 * @param tokens what is decided about single tokens beforehand
 * @param seed makes the draws repeatable; {@code null} takes a fresh one
 */
public record SamplingParameters(float temperature, Truncation truncation, @Nullable Xtc xtc,
		@Nullable Mirostat mirostat, RepetitionPenalties penalties, @Nullable Dry dry, TokenRules tokens,
		@Nullable Long seed) {

	/** Temperature 1 and nothing cut off: the model's own distribution. */
	public static final SamplingParameters DEFAULTS = new SamplingParameters(1, Truncation.NONE, null, null,
			RepetitionPenalties.NONE, null, TokenRules.NONE, null);

	/** Always the most likely token. */
	public static final SamplingParameters GREEDY = DEFAULTS.withTemperature(0);

	public SamplingParameters {
		require(temperature >= 0 && temperature <= 2, "temperature", "between 0 and 2", temperature);
	}

	public boolean greedy() {
		return temperature == 0;
	}

	public SamplingParameters withTemperature(float temperature) {
		return new SamplingParameters(temperature, truncation, xtc, mirostat, penalties, dry, tokens, seed);
	}

	public SamplingParameters withTruncation(Truncation truncation) {
		return new SamplingParameters(temperature, truncation, xtc, mirostat, penalties, dry, tokens, seed);
	}

	public SamplingParameters withXtc(@Nullable Xtc xtc) {
		return new SamplingParameters(temperature, truncation, xtc, mirostat, penalties, dry, tokens, seed);
	}

	public SamplingParameters withMirostat(@Nullable Mirostat mirostat) {
		return new SamplingParameters(temperature, truncation, xtc, mirostat, penalties, dry, tokens, seed);
	}

	public SamplingParameters withPenalties(RepetitionPenalties penalties) {
		return new SamplingParameters(temperature, truncation, xtc, mirostat, penalties, dry, tokens, seed);
	}

	public SamplingParameters withDry(@Nullable Dry dry) {
		return new SamplingParameters(temperature, truncation, xtc, mirostat, penalties, dry, tokens, seed);
	}

	public SamplingParameters withTokens(TokenRules tokens) {
		return new SamplingParameters(temperature, truncation, xtc, mirostat, penalties, dry, tokens, seed);
	}

	public SamplingParameters withSeed(long seed) {
		return new SamplingParameters(temperature, truncation, xtc, mirostat, penalties, dry, tokens, seed);
	}

	/** With a fresh seed for each reply. */
	public SamplingParameters withoutSeed() {
		return new SamplingParameters(temperature, truncation, xtc, mirostat, penalties, dry, tokens, null);
	}

}
