package dev.corral.llamacpp;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import dev.corral.inference.EngineUnavailable;

import static dev.corral.inference.PromptSegment.template;
import static dev.corral.inference.PromptSegment.typed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Tag("native")
@ParameterizedClass
@EnumSource(NativeRuntime.class)
class VocabularyOnlyNativeTests {

	private final NativeRuntime runtime;

	VocabularyOnlyNativeTests(NativeRuntime runtime) {
		this.runtime = runtime;
	}

	@Test
	void tokenizesLikeTheWholeModel() {
		var text = List.of(template("USER: "), typed("What is </s> 東京?"), template(" ASSISTANT: Tokyo.</s>"));

		try (var only = new VocabularyOnly(runtime.runtime().openVocabulary(NativeRuntime.CRIA));
				var whole = runtime.runtime().open(NativeRuntime.CRIA)) {
			var tokens = only.tokenizer().tokenize(text, true);

			assertThat(tokens).startsWith(1).endsWith(2)
					.isEqualTo(new VocabularyTokenizer(whole.vocabulary()).tokenize(text, true));
			assertThat(only.tokenizer().detokenize(tokens)).contains("東京");
		}
	}

	@Test
	void refusesWhatIsNoModel() {
		assertThatExceptionOfType(EngineUnavailable.class)
				.isThrownBy(() -> runtime.runtime().openVocabulary(Path.of("pom.xml")))
				.withMessageContaining("pom.xml");
	}

}
