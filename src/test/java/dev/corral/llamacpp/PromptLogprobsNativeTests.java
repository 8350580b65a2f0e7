package dev.corral.llamacpp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.corral.inference.FinishReason;
import dev.corral.inference.GenerationEvent.Finished;
import dev.corral.inference.GenerationEvent.PromptProcessed;
import dev.corral.inference.GenerationRequest;
import dev.corral.inference.InferenceFailure;
import dev.corral.inference.PromptSegment;
import dev.corral.inference.SamplingParameters;
import dev.corral.inference.TokenLogprob;
import dev.corral.inference.TokenRules;
import dev.corral.llamacpp.EngineSettings.PrefixSharing;
import dev.corral.llamacpp.EngineSettings.Speculating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

/** How likely the tokens of given texts are. */
@Tag("native")
class PromptLogprobsNativeTests {

	/** Batches of other sizes round otherwise. */
	private static final double ROUNDING = 0.02;

	private static final String TEXT = "The capital of France is Paris, and nobody lives in the purple moon of seven o'clock.";

	@ParameterizedTest
	@EnumSource(NativeRuntime.class)
	void tellsWhatATokenWouldHaveHadAsPartOfTheReply(NativeRuntime runtime) {
		try (var engine = runtime.cria(512, 2)) {
			var tokens = tokens(engine, TEXT);

			var scores = scores(engine, tokens, 2);

			assertThat(scores).hasSize(tokens.size() - 1);
			for (int i = 1; i < tokens.size(); i++) {
				var forced = forced(engine, tokens.subList(0, i), tokens.get(i));
				var score = scores.get(i - 1);
				assertThat(score.tokenId()).isEqualTo(forced.tokenId());
				assertThat(score.logprob()).as("token %d", i).isCloseTo(forced.logprob(), within(ROUNDING));
				assertThat(score.top()).hasSize(2);
				assertThat(score.top().getFirst().logprob()).isCloseTo(forced.top().getFirst().logprob(),
						within(ROUNDING));
			}
		}
	}

	@ParameterizedTest
	@EnumSource(NativeRuntime.class)
	void tellsTheSameAcrossTheBoundariesOfChunks(NativeRuntime runtime) {
		var small = new EngineSettings(1, 7, Duration.ofMillis(100), 16, Duration.ZERO, PrefixSharing.ALL,
				Speculating.OFF);
		try (var whole = runtime.cria(512, 1); var pieces = runtime.cria(512, 3, small)) {
			var tokens = tokens(whole, TEXT);
			var expected = scores(whole, tokens, 0);

			var actual = Reply.ofAll(List.of(pieces.generate(scoring(tokens, 0)), pieces.generate(scoring(tokens, 0)),
					pieces.generate(Cria.greedy(tokens, 8))));

			for (var reply : actual.subList(0, 2)) {
				var scores = scores(reply);
				assertThat(scores).hasSameSizeAs(expected);
				for (int i = 0; i < scores.size(); i++) {
					assertThat(scores.get(i).logprob()).isCloseTo(expected.get(i).logprob(), within(ROUNDING));
				}
			}
		}
	}

	@ParameterizedTest
	@EnumSource(NativeRuntime.class)
	void computesAScoredPromptAnewAndLeavesItInTheCache(NativeRuntime runtime) {
		try (var engine = runtime.cria(512, 2)) {
			var tokens = tokens(engine, TEXT);
			Reply.of(engine.generate(Cria.greedy(tokens, 1)));

			var scored = Reply.of(engine.generate(scoring(tokens, 0)));

			assertThat(scored.usage().cachedTokens()).isZero();
			assertThat(scores(scored)).hasSize(tokens.size() - 1);
			assertThat(Reply.of(engine.generate(Cria.greedy(tokens, 1))).usage().cachedTokens())
					.isEqualTo(tokens.size() - 1);
		}
	}

	@ParameterizedTest
	@EnumSource(NativeRuntime.class)
	void onlyReadsThePromptWhereNoTokensAreWanted(NativeRuntime runtime) {
		try (var engine = runtime.cria(512, 2)) {
			var tokens = tokens(engine, TEXT);

			var reply = Reply.of(engine.generate(Cria.greedy(tokens, 0)));

			assertThat(reply.text()).isEmpty();
			assertThat(reply.reason()).isEqualTo(FinishReason.LENGTH);
			assertThat(reply.usage().completionTokens()).isZero();
			assertThat(rest(reply).tokenIds()).isEmpty();
			assertThat(Reply.of(engine.generate(Cria.greedy(tokens, 1))).usage().cachedTokens())
					.isEqualTo(tokens.size() - 1);
		}
	}

	@ParameterizedTest
	@EnumSource(NativeRuntime.class)
	void scoresAPromptThatFillsTheWindow(NativeRuntime runtime) {
		try (var engine = runtime.cria(256, 1)) {
			var tokens = new ArrayList<Integer>();
			while (tokens.size() < 256) {
				tokens.addAll(tokens(engine, TEXT));
			}
			var full = tokens.subList(0, 256);

			assertThat(scores(engine, full, 0)).hasSize(255);
			assertThatExceptionOfType(InferenceFailure.PromptTooLong.class)
					.isThrownBy(() -> Reply.of(engine.generate(Cria.greedy(full, 1))));
			assertThatExceptionOfType(InferenceFailure.PromptTooLong.class)
					.isThrownBy(() -> Reply.of(engine.generate(Cria.greedy(tokens.subList(0, 257), 0))));
		}
	}

	@ParameterizedTest
	@EnumSource(NativeRuntime.class)
	void tellsTheTokenThatEndedTheReply(NativeRuntime runtime) {
		try (var engine = runtime.cria(512, 1)) {
			var request = Cria.greedy(Cria.prompt(engine, "What is the capital of France?"), 100).withLogprobs(1);

			var reply = Reply.of(engine.generate(request));

			assertThat(reply.reason()).isEqualTo(FinishReason.STOP);
			assertThat(rest(reply).tokenIds()).hasSize(1);
			assertThat(rest(reply).logprobs()).hasSize(1);
			assertThat(reply.tokenIds().size() + 1).isEqualTo(reply.usage().completionTokens());
		}
	}

	@ParameterizedTest
	@EnumSource(NativeRuntime.class)
	void endsAtATokenThatTheRequestNames(NativeRuntime runtime) {
		try (var engine = runtime.cria(512, 1)) {
			var request = Cria.greedy(Cria.prompt(engine, "What is the capital of France?"), 100);
			var whole = Reply.of(engine.generate(request));
			int stop = whole.tokenIds().get(3);
			var rules = TokenRules.NONE.withStopTokens(Set.of(stop));

			var cut = Reply.of(engine.generate(request.withSampling(SamplingParameters.GREEDY.withTokens(rules))));
			var later = Reply.of(engine
					.generate(request.withSampling(SamplingParameters.GREEDY.withTokens(rules.withMinTokens(5)))));

			assertThat(cut.reason()).isEqualTo(FinishReason.STOP);
			assertThat(cut.tokenIds()).isEqualTo(whole.tokenIds().subList(0, whole.tokenIds().indexOf(stop)));
			assertThat(rest(cut).tokenIds()).containsExactly(stop);
			assertThat(later.usage().completionTokens()).isGreaterThan(4);
		}
	}

	private static Finished end(Reply reply) {
		return (Finished) reply.events().getLast();
	}

	private static dev.corral.inference.GenerationEvent.Rest rest(Reply reply) {
		return end(reply).rest();
	}

	private static List<Integer> tokens(LlamaCppEngine engine, String text) {
		return engine.tokenizer().tokenize(List.of(PromptSegment.typed(text)), true);
	}

	private static GenerationRequest scoring(List<Integer> tokens, int top) {
		return Cria.greedy(tokens, 0).withPromptLogprobs(top);
	}

	private static List<TokenLogprob> scores(LlamaCppEngine engine, List<Integer> tokens, int top) {
		return scores(Reply.of(engine.generate(scoring(tokens, top))));
	}

	private static List<TokenLogprob> scores(Reply reply) {
		return ((PromptProcessed) reply.events().get(1)).logprobs();
	}

	/** The log-probability of a token as the one and only token of a reply. */
	private static TokenLogprob forced(LlamaCppEngine engine, List<Integer> before, int token) {
		var only = SamplingParameters.GREEDY.withTokens(TokenRules.NONE.withAllowed(Set.of(token)));
		var reply = Reply.of(engine.generate(Cria.greedy(before, 1).withSampling(only).withLogprobs(1)));
		var told = new ArrayList<>(reply.logprobs());
		told.addAll(rest(reply).logprobs());
		return told.getFirst();
	}

}
