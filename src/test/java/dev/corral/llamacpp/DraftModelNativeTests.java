package dev.corral.llamacpp;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import dev.corral.cli.randommodel.ModelShape;
import dev.corral.cli.randommodel.RandomModel;
import dev.corral.cli.randommodel.WeightType;
import dev.corral.inference.EngineUnavailable;
import dev.corral.inference.ModelSource;
import dev.corral.inference.OutputConstraint.Regex;
import dev.corral.inference.SamplingParameters;
import dev.corral.llamacpp.EngineSettings.Speculating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A draft model in llama.cpp makes no difference to what a model says. The engine's clock makes every call of the model longer than those
 * of its draft, so that drafts that are right pay, whatever the machine is busy with.
 */
@Tag("native")
class DraftModelNativeTests {

	/** As many as its vocabulary has; a random model of this size has the same. */
	private static final int CRIA_TOKENS = 2048;

	private static final String QUESTION = BatchRoundingNativeTests.QUESTIONS.getFirst();

	@TempDir
	Path folder = Path.of("");

	@ParameterizedTest
	@CsvSource({"BUNDLED, 1", "BUNDLED, 4", "PACK, 1", "PACK, 4"})
	void repliesAreTheSameWithAModelThatDraftsForItself(NativeRuntime runtime, int sequences) {
		try (var without = cria(runtime, sequences, false); var with = cria(runtime, sequences, true)) {
			for (var sampling : List.of(SamplingParameters.GREEDY,
					SamplingParameters.DEFAULTS.withTemperature(0.2f).withSeed(7))) {
				var requests = BatchRoundingNativeTests.QUESTIONS.stream()
						.map(question -> Cria.ask(without, question, sampling).withLogprobs(1))
						.toList();

				var plain = Reply.ofAll(requests.stream().map(without::generate).toList());
				var drafted = Reply.ofAll(requests.stream().map(with::generate).toList());

				for (int i = 0; i < requests.size(); i++) {
					assertThat(drafted.get(i).tokenIds()).as("%s: %s", sampling, plain.get(i).text())
							.isEqualTo(plain.get(i).tokenIds());
					assertThat(drafted.get(i).logprobs()).hasSameSizeAs(plain.get(i).logprobs());
				}
			}
			var drafts = with.drafts().draftModel();
			assertThat(without.drafts().draftModel().drafted()).isZero();
			assertThat(drafts.accepted()).isGreaterThan(30);
			assertThat((double) drafts.accepted() / drafts.drafted()).isGreaterThan(0.7);
		}
	}

	@ParameterizedTest
	@EnumSource(NativeRuntime.class)
	void constrainedRepliesAreTheSame(NativeRuntime runtime) {
		try (var without = cria(runtime, 1, false); var with = cria(runtime, 1, true)) {
			var request = Cria.ask(without, QUESTION, SamplingParameters.GREEDY)
					.withConstraint(new Regex("(The capital of France is [A-Z][a-z]+[.] ){3}"));

			var plain = Reply.of(without.generate(request));
			var drafted = Reply.of(with.generate(request));

			assertThat(drafted.tokenIds()).as(plain.text()).isEqualTo(plain.tokenIds());
		}
	}

	@ParameterizedTest
	@CsvSource({"BUNDLED, 512", "BUNDLED, 64", "PACK, 512", "PACK, 64"})
	void givesUpADraftModelThatIsWrong(NativeRuntime runtime, int window) throws IOException {
		var wrong = random("wrong.gguf", CRIA_TOKENS, window, 1);
		try (var without = cria(runtime, 2, false); var with = engine(runtime, NativeRuntime.CRIA, wrong, 2)) {
			for (var question : BatchRoundingNativeTests.QUESTIONS) {
				var request = Cria.ask(without, question, SamplingParameters.GREEDY);

				var drafted = Reply.of(with.generate(request));

				assertThat(drafted.tokenIds()).isEqualTo(Reply.of(without.generate(request)).tokenIds());
			}
			var drafts = with.drafts().draftModel();
			assertThat(drafts.accepted()).isLessThan(5);
			assertThat(drafts.drafted()).isBetween(window == 512 ? 1L : 0L, 60L);
		}
	}

	@ParameterizedTest
	@EnumSource(NativeRuntime.class)
	void refusesADraftModelOfAnotherVocabulary(NativeRuntime runtime) throws IOException {
		try (var cria = runtime.runtime().open(NativeRuntime.CRIA);
				var larger = runtime.runtime().open(random("larger.gguf", 4000, 64, 1));
				var other = runtime.runtime().open(random("other.gguf", 4000, 64, 2))) {
			assertThatExceptionOfType(EngineUnavailable.class)
					.isThrownBy(() -> DraftVocabulary.check("cria", cria.vocabulary(), "small", larger.vocabulary()))
					.withMessage("The model 'cria' cannot be drafted by small, because their vocabularies differ: "
							+ "2048 and 4000 tokens. Take a draft model of the same family.");
			assertThatExceptionOfType(EngineUnavailable.class)
					.isThrownBy(() -> DraftVocabulary.check("one", larger.vocabulary(), "other", other.vocabulary()))
					.withMessageMatching(
							"The model 'one' cannot be drafted by other, because their vocabularies differ: "
									+ "token \\d+ is the bytes \\[[0-9a-f ]+] and \\[[0-9a-f ]+]\\. Take a draft .*");
		}
	}

	private Path random(String name, int vocabulary, int window, long seed) throws IOException {
		var file = folder.resolve(name);
		RandomModel.write(file, new ModelShape(1, 64, 2, 2, 128, vocabulary, window, WeightType.Q4_0), seed);
		return file;
	}

	private static LlamaCppEngine cria(NativeRuntime runtime, int sequences, boolean drafts) {
		return engine(runtime, NativeRuntime.CRIA, drafts ? NativeRuntime.CRIA : null, sequences);
	}

	private static LlamaCppEngine engine(NativeRuntime runtime, Path file, @Nullable Path draft, int sequences) {
		return new LlamaCppEngine(new ModelSource("model", file, 512, sequences).withDraft(draft),
				runtime.runtime().open(file), draft == null ? null : runtime.runtime().open(draft),
				Settings.withSpeculation(1, draft == null ? Speculating.OFF : Speculating.AUTO), StateStore.NONE,
				new UnequalClock());
	}

	/** On which a call of the draft model takes 1 us and one of the model 100 us. */
	private static final class UnequalClock implements NanoClock {

		private static final StackWalker STACK = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

		private final AtomicLong nanos = new AtomicLong();

		@Override
		public long nanos() {
			return nanos.addAndGet(STACK.getCallerClass() == NativeDrafter.class ? 1_000 : 100_000);
		}

	}

}
