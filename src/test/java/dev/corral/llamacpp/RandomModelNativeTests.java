package dev.corral.llamacpp;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.corral.catalog.gguf.GgufReader;
import dev.corral.cli.randommodel.ModelShape;
import dev.corral.cli.randommodel.RandomModel;
import dev.corral.cli.randommodel.WeightType;
import dev.corral.inference.FinishReason;
import dev.corral.inference.GenerationRequest;
import dev.corral.inference.ModelSource;
import dev.corral.inference.PromptSegment;
import dev.corral.inference.SamplingParameters;

import static org.assertj.core.api.Assertions.assertThat;

/** Models with random weights in llama.cpp. */
@Tag("native")
class RandomModelNativeTests {

	private static final int TOKENS = 48;

	@TempDir
	Path folder = Path.of("");

	@ParameterizedTest
	@EnumSource(NativeRuntime.class)
	void generatesVariedWordsUpToTheLimit(NativeRuntime runtime) throws IOException {
		for (var type : WeightType.values()) {
			try (var engine = engine(runtime, type)) {
				var prompt = Cria.prompt(engine, "Please tell me a story.");
				var sampling = SamplingParameters.DEFAULTS.withTemperature(0.8f).withSeed(1);
				var reply = Reply.of(engine.generate(new GenerationRequest(prompt, TOKENS, sampling, List.of())));

				assertThat(reply.reason()).isEqualTo(FinishReason.LENGTH);
				assertThat(reply.tokenIds()).hasSize(TOKENS).allMatch(token -> token >= 259);
				assertThat(new HashSet<>(reply.tokenIds())).hasSizeGreaterThan(TOKENS / 2);
			}
		}
	}

	@ParameterizedTest
	@EnumSource(NativeRuntime.class)
	void findsEveryMadeUpWordInTheVocabulary(NativeRuntime runtime) throws IOException {
		try (var engine = engine(runtime, WeightType.Q4_0)) {
			var tokens = GgufReader.tokens(folder.resolve("random.gguf"));
			for (int id = 2048; id < tokens.size(); id++) {
				if (tokens.get(id).startsWith("▁")) {
					var word = List.of(PromptSegment.typed(tokens.get(id).substring(1)));
					assertThat(engine.tokenizer().tokenize(word, false)).as(tokens.get(id)).containsExactly(id);
				}
			}
		}
	}

	private LlamaCppEngine engine(NativeRuntime runtime, WeightType type) throws IOException {
		var file = folder.resolve("random.gguf");
		RandomModel.write(file, new ModelShape(2, 128, 4, 2, 256, 4000, 512, type), 1);
		return new LlamaCppEngine(new ModelSource("random", file, 256, 1), runtime.runtime().open(file), null,
				Settings.DEFAULT, StateStore.NONE);
	}

}
