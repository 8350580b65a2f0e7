package dev.corral.llamacpp;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import dev.corral.inference.GenerationRequest;
import dev.corral.inference.ModelSource;
import dev.corral.inference.OutputConstraint.Regex;
import dev.corral.inference.RepetitionPenalties;
import dev.corral.inference.SamplingParameters;
import dev.corral.inference.TokenRules;
import dev.corral.inference.Truncation;
import dev.corral.llamacpp.EngineSettings.Speculating;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Drafts make no difference to what a model says. The engine's clock makes every call equally long, so that they always seem to pay.
 * Asked once more what it has answered twice, the model copies its answer, with such certainty that the rounding of larger batches does
 * not matter.
 */
@Tag("native")
class SpeculationNativeTests {

	private static final SamplingParameters PENALIZED = SamplingParameters.DEFAULTS.withSeed(3)
			.withTemperature(0.2f)
			.withTruncation(new Truncation(0, 100, 1, 0.95f, 0.02f))
			.withPenalties(new RepetitionPenalties(1.05f, 64, 0.1f, 0.1f))
			.withTokens(TokenRules.NONE.withMinTokens(5));

	@ParameterizedTest
	@CsvSource({"BUNDLED, 1", "BUNDLED, 4", "PACK, 1", "PACK, 4"})
	void repliesAreTheSameTokenForToken(NativeRuntime runtime, int sequences) {
		try (var without = engine(runtime, sequences, Speculating.OFF);
				var with = engine(runtime, sequences, Speculating.AUTO)) {
			for (var sampling : List.of(SamplingParameters.GREEDY,
					SamplingParameters.DEFAULTS.withTemperature(0.2f).withSeed(7), PENALIZED)) {
				var requests = BatchRoundingNativeTests.QUESTIONS.stream()
						.map(question -> askedAgain(without, question, sampling))
						.toList();

				var plain = Reply.ofAll(requests.stream().map(without::generate).toList());
				var drafted = Reply.ofAll(requests.stream().map(with::generate).toList());

				for (int i = 0; i < requests.size(); i++) {
					assertThat(drafted.get(i).tokenIds()).as("%s: %s", sampling, plain.get(i).text())
							.isEqualTo(plain.get(i).tokenIds());
					assertThat(drafted.get(i).reason()).isEqualTo(plain.get(i).reason());
					assertThat(drafted.get(i).logprobs()).hasSameSizeAs(plain.get(i).logprobs());
				}
			}
			assertThat(without.drafts().promptLookup().drafted()).isZero();
			assertThat(with.drafts().promptLookup().accepted()).isGreaterThan(20);
			assertThat(with.drafts().promptLookup().drafted()).isGreaterThan(with.drafts().promptLookup().accepted());
		}
	}

	@ParameterizedTest
	@EnumSource(NativeRuntime.class)
	void constrainedRepliesAreTheSameTokenForToken(NativeRuntime runtime) {
		try (var without = engine(runtime, 1, Speculating.OFF); var with = engine(runtime, 1, Speculating.AUTO)) {
			for (var constraint : List.of(
					new Regex(" ?The (capital|centre) of [A-Z][a-z]+ is (Paris|Prague|Poland)[.]"),
					new Regex("(The capital of France is [A-Z][a-z]+[.] ){3}"))) {
				var request = askedAgain(without, BatchRoundingNativeTests.QUESTIONS.getFirst(),
						SamplingParameters.GREEDY).withConstraint(constraint);

				var plain = Reply.of(without.generate(request));
				var drafted = Reply.of(with.generate(request));

				assertThat(drafted.tokenIds()).as(plain.text()).isEqualTo(plain.tokenIds());
				assertThat(drafted.usage().completionTokens()).isEqualTo(plain.usage().completionTokens());
			}
			assertThat(with.drafts().promptLookup().accepted()).isPositive();
		}
	}

	private static GenerationRequest askedAgain(LlamaCppEngine engine, String question, SamplingParameters sampling) {
		var answer = Reply.of(engine.generate(Cria.ask(engine, question, SamplingParameters.GREEDY))).text().strip();
		var prompt = Cria.prompt(engine, question, answer, question, answer, question);
		return new GenerationRequest(prompt, 64, sampling, List.of())
				.withLogprobs(question.length() % 2 == 0 ? 2 : null);
	}

	private static LlamaCppEngine engine(NativeRuntime runtime, int sequences, Speculating speculation) {
		var ticks = new AtomicLong();
		return new LlamaCppEngine(new ModelSource("cria", NativeRuntime.CRIA, 512, sequences),
				runtime.runtime().open(NativeRuntime.CRIA), null, Settings.withSpeculation(1, speculation),
				StateStore.NONE,
				() -> ticks.addAndGet(1_000));
	}

}
