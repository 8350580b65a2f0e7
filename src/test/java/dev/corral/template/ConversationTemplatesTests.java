package dev.corral.template;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@ExtendWith(OutputCaptureExtension.class)
class ConversationTemplatesTests {

	private final ConversationTemplates templates = new ConversationTemplates();

	@ParameterizedTest
	@CsvSource({"cria, <s>, </s>, vicuna-v1.1", "llama-2, <s>, </s>, llama-2",
			"llama-3, <|begin_of_text|>, <|eot_id|>, llama-3", "gemma, <bos>, <eos>, gemma",
			"zephyr, <s>, </s>, zephyr", "chatml, <s>, <|im_end|>, chatml", "qwen-2.5, '', <|im_end|>, gguf",
			"llama-3.1, <|begin_of_text|>, <|eot_id|>, gguf", "mistral-v0.3, <s>, </s>, gguf",
			"phi-3, <s>, <|endoftext|>, gguf"})
	void recognisesAFamilyByWhatItsJinjaTemplateWrites(String template, String bos, String eos, String expected) {
		String source = JinjaTemplateTests.resource(template + ".jinja");

		var chosen = templates.choose(new ModelHints("some-model", "llama", source, bos, eos, true));

		assertThat(chosen.name()).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({"Vicuna-13B-v0, vicuna-v0", "vicuna-7b-v1.5.Q4_K_M, vicuna-v1.1", "stable-vicuna-13b, vicuna-v0",
			"gpt4-x-alpaca-13b, alpaca", "koala-7B, koala", "Meta Llama 3 8B Instruct, llama-3",
			"Llama_2_7B_Chat, llama-2", "Llama-2-7B, vicuna-v0", "Mistral-7B-Instruct-v0.2, mistral",
			"gemma-2b-it, gemma", "zephyr-7b-beta, zephyr", "TinyLlama-1.1B-Chat, zephyr", "Qwen1.5-4B, chatml",
			"open_llama_3b, vicuna-v0", "llama-30b, vicuna-v0", "Meta-Llama-3.1-8B, llama-3",
			"something-else, vicuna-v0"})
	void guessesTheFamilyFromTheNameOfAModelWithoutATemplate(String name, String expected) {
		assertThat(templates.choose(new ModelHints(name, "llama", null, "<s>", "</s>", true)).name())
				.isEqualTo(expected);
	}

	@Test
	void guessesTheFamilyFromTheArchitectureIfTheNameTellsNothing() {
		assertThat(templates.choose(new ModelHints("my-model", "gemma2", " ", "<bos>", "<eos>", true)).name())
				.isEqualTo("gemma");
	}

	@Test
	void warnsOfATemplateThatIsOfNoUseAndGoesByTheName(CapturedOutput output) {
		var hints = new ModelHints("koala-7B", "llama", "{{ raise_exception('not\ntoday') }}", "<s>", "</s>", true);

		var chosen = templates.choose(hints);

		assertThat(chosen.name()).isEqualTo("koala");
		assertThat(output.getOut().lines().filter(line -> line.contains("WARN"))).singleElement().asString()
				.contains("koala-7B").contains("not today");
	}

	@Test
	void namesTheKnownFamiliesWhenAskedForAnother() {
		assertThatThrownBy(() -> templates.named("no-such")).isInstanceOf(IllegalArgumentException.class)
				.hasMessageContaining("'no-such'").hasMessageContaining("vicuna-v1.1, vicuna-v0, koala");
	}

}
