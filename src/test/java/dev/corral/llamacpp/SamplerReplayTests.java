package dev.corral.llamacpp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.corral.inference.Dry;
import dev.corral.inference.GenerationRequest;
import dev.corral.inference.Mirostat;
import dev.corral.inference.RepetitionPenalties;
import dev.corral.inference.Resumed;
import dev.corral.inference.SamplingParameters;
import dev.corral.inference.TokenRules;
import dev.corral.inference.Truncation;
import dev.corral.inference.Xtc;

import static dev.corral.inference.SamplingParameters.DEFAULTS;
import static dev.corral.inference.Truncation.NONE;
import static org.assertj.core.api.Assertions.assertThat;

/** A reply can be continued from any of its tokens, by a fork or by a sampler that was only told the tokens. */
class SamplerReplayTests {

	private static final int VOCABULARY = 40;

	private static final int REPLY = 60;

	private static final List<Integer> PROMPT = List.of(1, 5, 6, 7, 5, 6, 7, 9, 5, 6);

	@ParameterizedTest
	@EnumSource
	void goesOnAsTheOriginalWhenToldTheReplySoFar(Setting setting) {
		var whole = reply(sampler(setting), List.of());

		for (int cut = 0; cut < REPLY; cut++) {
			var sampler = sampler(setting);
			whole.subList(0, cut).forEach(sampler::accept);

			assertThat(reply(sampler, whole.subList(0, cut))).as("from token %d", cut).isEqualTo(whole);
		}
	}

	@ParameterizedTest
	@EnumSource
	void goesOnAsTheOriginalWhenTheRequestResumesTheReply(Setting setting) {
		var whole = reply(sampler(setting), List.of());

		for (int cut = 1; cut < REPLY; cut++) {
			var soFar = whole.subList(0, cut);

			assertThat(reply(sampler(setting, soFar), soFar)).as("from token %d", cut).isEqualTo(whole);
		}
	}

	@ParameterizedTest
	@EnumSource
	void goesOnIndependentlyAsAFork(Setting setting) {
		var whole = reply(sampler(setting), List.of());
		var original = sampler(setting);
		var soFar = new ArrayList<Integer>();
		for (int cut = 0; cut < REPLY; cut++) {
			assertThat(reply(original.fork(), soFar)).as("from token %d", cut).isEqualTo(whole);
			soFar.add(original.sample(logits(cut), new int[VOCABULARY], PROMPT.size() + cut).id());
		}

		assertThat(soFar).isEqualTo(whole);
	}

	@Test
	void forksWithTheBoundOfMirostat() {
		var parameters = DEFAULTS.withMirostat(new Mirostat(1.5f, 0.5f));
		var whole = reply(sampler(parameters, null, List.of()), List.of());
		var original = sampler(parameters, null, List.of());
		for (int i = 0; i < 20; i++) {
			original.sample(logits(i), new int[VOCABULARY], PROMPT.size() + i);
		}

		assertThat(reply(original.fork(), whole.subList(0, 20))).isEqualTo(whole);
		assertThat(reply(original, whole.subList(0, 20))).isEqualTo(whole);
	}

	private static Sampler sampler(Setting setting) {
		return sampler(setting, List.of());
	}

	private static Sampler sampler(Setting setting, List<Integer> resumed) {
		return sampler(setting.parameters, setting == Setting.CONSTRAINT ? new Alternating(0) : null, resumed);
	}

	private static Sampler sampler(SamplingParameters parameters, @Nullable TokenConstraint constraint,
			List<Integer> resumed) {
		var prompt = Stream.concat(PROMPT.stream(), resumed.stream()).toList();
		var request = new GenerationRequest(prompt, REPLY, parameters, List.of())
				.withResumed(new Resumed(resumed.size(), 0));
		return new Sampler(request, 99, new SamplerVocabulary(Set.of(2, 3), token -> new byte[]{(byte) token}),
				constraint);
	}

	/** The reply so far and what the sampler adds. */
	private static List<Integer> reply(Sampler sampler, List<Integer> soFar) {
		var reply = new ArrayList<>(soFar);
		while (reply.size() < REPLY) {
			int position = reply.size();
			reply.add(sampler.sample(logits(position), new int[VOCABULARY], PROMPT.size() + position).id());
		}
		return reply;
	}

	/** Close together, so that every penalty decides something. */
	private static float[] logits(int position) {
		var random = new SplittableRandom(position % 7);
		var logits = new float[VOCABULARY];
		for (int token = 0; token < VOCABULARY; token++) {
			logits[token] = (float) random.nextDouble(0, 2.5);
		}
		return logits;
	}

	/** Odd and even tokens in turn. */
	private static final class Alternating implements TokenConstraint {

		private int accepted;

		Alternating(int accepted) {
			this.accepted = accepted;
		}

		@Override
		public void apply(float[] logits) {
			for (int token = accepted % 2; token < logits.length; token += 2) {
				logits[token] = Float.NEGATIVE_INFINITY;
			}
		}

		@Override
		public void accept(int token) {
			accepted++;
		}

		@Override
		public TokenConstraint copy() {
			return new Alternating(accepted);
		}

	}

	/** One sampler each. */
	enum Setting {

		PLAIN(DEFAULTS),

		GREEDY(SamplingParameters.GREEDY.withPenalties(new RepetitionPenalties(1.5f, 12, 0.5f, 0.5f))),

		TRUNCATION(DEFAULTS.withTruncation(new Truncation(2, 30, 0.9f, 0.9f, 0.05f)).withTemperature(1.4f)),

		XTC(DEFAULTS.withXtc(new Xtc(0.5f, 0.03f))),

		REPETITION(DEFAULTS.withPenalties(new RepetitionPenalties(3, RepetitionPenalties.EVERYTHING, 0, 0))),

		RECENT_REPETITION(DEFAULTS.withPenalties(new RepetitionPenalties(3, 8, 0, 0))),

		PRESENCE_AND_FREQUENCY(DEFAULTS.withPenalties(
				new RepetitionPenalties(1, RepetitionPenalties.EVERYTHING, 1, 0.7f))),

		DRY(DEFAULTS.withTruncation(NONE.withTopK(3))
				.withDry(new Dry(3, 2, 1, 30, List.of("\n")))),

		MIN_TOKENS(DEFAULTS.withTokens(TokenRules.NONE.withMinTokens(30).withLogitBias(Map.of(2, 4f)))),

		ALLOWED_AND_BANNED(DEFAULTS.withTokens(TokenRules.NONE.withAllowed(Set.of(4, 5, 6, 7)).withBanned(Set.of(5)))),

		CONSTRAINT(DEFAULTS);

		@SuppressWarnings("ImmutableEnumChecker")
		private final SamplingParameters parameters;

		Setting(SamplingParameters parameters) {
			this.parameters = parameters;
		}

	}

}
