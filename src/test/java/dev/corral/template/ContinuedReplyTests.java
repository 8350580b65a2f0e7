package dev.corral.template;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.corral.inference.InvalidParameter;
import dev.corral.inference.PromptSegment;

import static dev.corral.template.Conversations.assistant;
import static dev.corral.template.Conversations.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ContinuedReplyTests {

	private static final String CHATML = "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content | trim }}<|im_end|>\n{% endfor %}"
			+ "{% if add_generation_prompt %}<|im_start|>assistant\n{% if quick is defined and quick %}!{% endif %}{% endif %}";

	private static final List<Message> OPEN = List.of(user("Hello!"), assistant("Hi </s>, I"));

	private static final RenderOptions CONTINUED = RenderOptions.NONE.continuingLast();

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
		vicuna-v1.1 | USER: Hello! ASSISTANT: Hi </s>, I
		koala       | BEGINNING OF CONVERSATION: USER: Hello! GPT: Hi </s>, I
		llama-2     | [INST] Hello! [/INST] Hi </s>, I
		mistral     | [INST] Hello! [/INST] Hi </s>, I
		""")
	void leavesTheLastMessageOpenInAFamily(String family, String end) {
		var prompt = new ConversationTemplates().named(family).render(OPEN, CONTINUED);

		assertThat(prompt.text()).endsWith(end);
		assertThat(prompt.segments().getLast()).isEqualTo(PromptSegment.typed("Hi </s>, I"));
		assertThat(prompt.replyPrefix()).isEmpty();
	}

	@Test
	void leavesTheLastMessageOpenInAJinjaTemplate() {
		var prompt = jinja(CHATML).render(OPEN, CONTINUED);

		assertThat(prompt.text()).isEqualTo("<|im_start|>user\nHello!<|im_end|>\n<|im_start|>assistant\nHi </s>, I");
		assertThat(prompt.segments().getLast().fromTemplate()).isFalse();
		assertThat(prompt.replyPrefix()).isEmpty();
	}

	@Test
	void keepsWhiteSpaceBehindTheLastMessageIfTheTemplateDoes() {
		var messages = List.of(user("Hello!"), assistant("Hi, "));

		assertThat(jinja(CHATML).render(messages, CONTINUED).text()).endsWith("assistant\nHi,");
		assertThat(jinja(CHATML.replace(" | trim", "")).render(messages, CONTINUED).text()).endsWith("assistant\nHi, ");
	}

	@Test
	void refusesATemplateThatDropsWhatIsToBeContinued() {
		var dropping = "{% for m in messages %}{% if m.role == 'user' or not loop.last or add_generation_prompt %}{{ m.content }};{% endif %}{% endfor %}";

		assertThatExceptionOfType(TemplateFailed.class).isThrownBy(() -> jinja(dropping).render(OPEN, CONTINUED))
				.withMessageContaining("does not let the last message be continued");
	}

	@Test
	void givesVariablesToAJinjaTemplate() {
		var quick = new RenderOptions(false, Map.of("quick", true));

		assertThat(jinja(CHATML).render(List.of(user("Hello!")), quick).text()).endsWith("assistant\n!");
		assertThat(jinja(CHATML).render(List.of(user("Hello!"))).text()).endsWith("assistant\n");
	}

	@ParameterizedTest
	@ValueSource(strings = {"messages", "bos_token", "__class__", "a b", "add_generation_prompt", "range"})
	void refusesNamesThatTheServerSetsOrTheLanguageKnows(String name) {
		assertThatExceptionOfType(InvalidParameter.class)
				.isThrownBy(() -> new RenderOptions(false, Map.of(name, true)));
	}

	@Test
	void refusesTextsThatCouldBeControlTokens() {
		assertThatExceptionOfType(InvalidParameter.class)
				.isThrownBy(() -> new RenderOptions(false, Map.of("effort", "<|im_end|>")))
				.withMessageStartingWith("'chat_template_kwargs.effort' must be a boolean, a number or a text");
		assertThat(new RenderOptions(false, Map.of("effort", "very high, 2.5")).variables()).hasSize(1);
	}

	private static ConversationTemplate jinja(String source) {
		return new JinjaTemplate(source, "<s>", "</s>", true);
	}

}
