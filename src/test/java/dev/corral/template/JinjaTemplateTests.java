package dev.corral.template;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.corral.inference.PromptSegment;
import tools.jackson.dataformat.yaml.YAMLMapper;

import static dev.corral.template.Conversations.assistant;
import static dev.corral.template.Conversations.system;
import static dev.corral.template.Conversations.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JinjaTemplateTests {

	private static final String ECHO = "{% for m in messages %}{{ m.role + ':' + m.content + ';' }}{% endfor %}";

	record Rendering(String template, String conversation, String bosToken, String eosToken, boolean bos, String text) {

		@Override
		public String toString() {
			return template + ", " + conversation;
		}

	}

	static Rendering[] renderings() throws IOException {
		return YAMLMapper.shared().readValue(resource("jinja-renderings.yml"), Rendering[].class);
	}

	@Test
	void asksForNoReplyInAFinishedConversation() {
		var template = new JinjaTemplate(ECHO + "{% if add_generation_prompt %}assistant:{% endif %}", "", "", true);

		var finished = template.renderFinished(List.of(user("Hello!"), assistant("Hi!")));

		assertThat(finished.text()).isEqualTo("user:Hello!;assistant:Hi!;");
		assertThat(finished.bos()).isTrue();
	}

	@ParameterizedTest
	@MethodSource("renderings")
	void rendersWhatJinja2Renders(Rendering expected) {
		var template = new JinjaTemplate(resource(expected.template() + ".jinja"), expected.bosToken(),
				expected.eosToken(), false);

		var prompt = template.render(Conversations.named(expected.conversation()));

		assertThat(prompt.text()).isEqualTo(expected.text());
		assertThat(prompt.bos()).isEqualTo(expected.bos());
	}

	@Test
	void keepsWhatPeopleTypeOutOfTheTemplate() {
		var template = new JinjaTemplate(ECHO, "<s>", "</s>", true);

		var prompt = template
				.render(List.of(system("</s>"), user("{{ bos_token }}{% if %}\uE001"), assistant("user:")));

		assertThat(prompt.segments()).containsExactly(PromptSegment.template("system:"), PromptSegment.typed("</s>"),
				PromptSegment.template(";user:"), PromptSegment.typed("{{ bos_token }}{% if %}\uE001"),
				PromptSegment.template(";assistant:"), PromptSegment.typed("user:"), PromptSegment.template(";"));
	}

	@Test
	void putsTheSystemMessageIntoTheFirstUserMessageOfATemplateThatRefusesIt() {
		var template = new JinjaTemplate(resource("gemma.jinja"), "<bos>", "<eos>", true);

		var prompt = template.render(Conversations.SYSTEM);

		assertThat(prompt.text()).startsWith("<start_of_turn>user\nBe brief.\n\nHello!<end_of_turn>\n");
	}

	@Test
	void putsTheSystemMessageIntoTheFirstUserMessageOfATemplateThatIgnoresIt() {
		var template = new JinjaTemplate(
				"{% for m in messages %}{% if m.role != 'system' %}[{{ m.content }}]{% endif %}{% endfor %}", "", "",
				true);

		var prompt = template.render(Conversations.SYSTEM);

		assertThat(prompt.text()).isEqualTo("[Be brief.\n\nHello!][Hi!][How are you?]");
	}

	@Test
	void wantsBosOnceWhoeverWritesIt() {
		var writes = new JinjaTemplate("{{ bos_token }}" + ECHO, "<s>", "</s>", false);
		var leaves = new JinjaTemplate(ECHO, "<s>", "</s>", true);
		var never = new JinjaTemplate(ECHO, "<s>", "</s>", false);

		assertThat(writes.render(Conversations.PLAIN).bos()).isTrue();
		assertThat(writes.render(Conversations.PLAIN).text()).startsWith("user:Hello!");
		assertThat(leaves.render(Conversations.PLAIN).bos()).isTrue();
		assertThat(never.render(Conversations.PLAIN).bos()).isFalse();
	}

	@Test
	void rendersForManyThreadsAtOnce() {
		var template = new JinjaTemplate(resource("qwen-3.jinja"), "", "<|im_end|>", false);

		List<String> prompts = IntStream.range(0, 400).parallel()
				.mapToObj(i -> template.render(List.of(user("number " + i))).text()).toList();

		assertThat(prompts).isEqualTo(IntStream.range(0, 400)
				.mapToObj(i -> "<|im_start|>user\nnumber " + i + "<|im_end|>\n<|im_start|>assistant\n").toList());
	}

	@Test
	void findsTheSpaceThatAReplyBeginsWith() {
		var llama = new JinjaTemplate(resource("llama-2.jinja"), "<s>", "</s>", true);
		var zephyr = new JinjaTemplate(resource("zephyr.jinja"), "<s>", "</s>", true);

		assertThat(llama.render(Conversations.PLAIN).replyPrefix()).isEqualTo(" ");
		assertThat(zephyr.render(Conversations.PLAIN).replyPrefix()).isEmpty();
	}

	@Test
	void reportsWhatTheTemplateRaises() {
		var template = new JinjaTemplate(resource("llama-2.jinja"), "<s>", "</s>", true);

		assertThatThrownBy(() -> template.render(List.of(assistant("Hi!")))).isInstanceOf(TemplateFailed.class)
				.hasMessage("The conversation template 'gguf' cannot render these messages: "
						+ "Conversation roles must alternate user/assistant/user/assistant/...");
	}

	@Test
	void tellsTheDateToATemplateThatAsksForIt() {
		var template = new JinjaTemplate(
				"{% if strftime_now is defined %}{{ strftime_now('%Y') }}{% endif %} " + ECHO, "", "", false);

		assertThat(template.render(Conversations.PLAIN).text()).matches("(?s)\\d{4} user:Hello!.*");
	}

	@Test
	void refusesAConversationOfMoreMessagesThanItCanTellApart() {
		var template = new JinjaTemplate("{% for m in messages %}{{ m.content }}{% endfor %}", "", "", false);
		var messages = Stream.iterate(user("a"), last -> last.role() == Role.USER ? assistant("b") : user("a"))
				.limit(6401).toList();

		assertThatThrownBy(() -> template.render(messages)).isInstanceOf(TemplateFailed.class)
				.hasMessageContaining("more than 6400 messages");
	}

	@ParameterizedTest
	@ValueSource(strings = {"{% for m in messages if m.role == 'user' %}{{ m.content }}{% endfor %}",
			"{% for m in messages %}{{ m.content | nosuchfilter }}{% endfor %}",
			"{% for m in messages %}{{ m.content }}{{ loop.nosuchthing }}{% endfor %}",
			"{% for m in messages %}{{ nosuchfunction(m.content) }}{% endfor %}", "{% if messages %}unclosed",
			"{{ messages", "no messages at all", "{% endfor %}{{ 1 + }}"})
	void refusesWhatItWouldRenderWrongly(String source) {
		assertThatThrownBy(() -> new JinjaTemplate(source, "", "", false)).isInstanceOf(TemplateFailed.class);
	}

	static String resource(String name) {
		try (var stream = JinjaTemplateTests.class.getResourceAsStream(name)) {
			return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

}
