package dev.corral.llamacpp;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.corral.contextwindow.MessageSizes;
import dev.corral.contextwindow.MiddleTruncation;
import dev.corral.contextwindow.SizedMessage;
import dev.corral.inference.PromptSegment;
import dev.corral.inference.Tokenizer;
import dev.corral.llamacpp.internal.NativeModel;
import dev.corral.template.ConversationTemplate;
import dev.corral.template.ConversationTemplates;
import dev.corral.template.Message;
import dev.corral.template.ModelHints;
import dev.corral.template.RenderOptions;
import dev.corral.template.Role;
import dev.corral.template.Tool;
import dev.corral.template.ToolCall;

import static org.assertj.core.api.Assertions.assertThat;

/** Sizes of messages against what real prompts have, with the vocabulary of the real model. */
@Tag("native")
class MessageSizesNativeTests {

	private static final Logger log = LoggerFactory.getLogger(MessageSizesNativeTests.class);

	private static final List<String> TEXTS = List.of("Hi!", "What is the capital of France?",
			"The capital of France is Paris.", "Thanks", "- one\n- two\n- three", "```python\nprint('hello')\n```\n",
			"你好！我是 Cria，一个很小的演示模型。🦙", "Bonjour ! Ça va ?", "3 + 5 = 8", "", " leading and trailing ", "a </s> b",
			"The sun is a star. It gives the Earth light and warmth. ".repeat(12));

	private static final Tool TOOL = new Tool("weather", "Tells the weather of a city.",
			"{\"type\": \"object\", \"properties\": {\"city\": {\"type\": \"string\"}}}");

	private final NativeModel model = NativeRuntime.BUNDLED.runtime().open(NativeRuntime.CRIA);

	private final Tokenizer tokenizer = new VocabularyTokenizer(model.vocabulary());

	private final ConversationTemplates templates = new ConversationTemplates();

	@AfterEach
	void closeModel() {
		model.close();
	}

	@ParameterizedTest
	@ValueSource(strings = {"vicuna-v1.1", "vicuna-v0", "koala", "alpaca", "llama-2", "llama-3", "chatml", "mistral",
			"gemma", "zephyr"})
	void estimatesConversationsWithinASmallMargin(String family) {
		estimatesWithin(templates.named(family), family, List.of());
	}

	@ParameterizedTest
	@CsvSource({
			"'{% for m in messages %}<|{{ m.role }}|>{{ m.content }}<|end|>\n{% endfor %}<|assistant|>', <s>",
			"'{% for m in messages %}{% if (m.role == ''user'') != (loop.index0 % 2 == 0) %}{{ raise_exception(''roles must alternate'') }}{% endif %}[{{ m.role }}] {{ m.content | trim }}\n{% endfor %}[assistant]', <s>"})
	void estimatesConversationsOfJinjaTemplatesToo(String source, String bos) {
		var template = templates.choose(new ModelHints("unknown", "llama", source, bos, "</s>", true));

		estimatesWithin(template, source, List.of());
	}

	@ParameterizedTest
	@ValueSource(strings = {"vicuna-v1.1", "llama-3", "chatml"})
	void estimatesSystemMessagesAndTools(String family) {
		estimatesWithin(templates.named(family), family, List.of(TOOL),
				new Message(Role.SYSTEM, "You are a pirate. Answer in one sentence."));
		estimatesWithin(templates.named(family), family, List.of(), new Message(Role.SYSTEM, ""));
	}

	@ParameterizedTest
	@ValueSource(strings = {"vicuna-v1.1", "llama-3", "chatml"})
	void estimatesCallsOfToolsAndTheirResults(String family) {
		var sizes = new MessageSizes(templates.named(family), tokenizer);
		var messages = new ArrayList<Message>();
		for (int i = 0; i < 20; i++) {
			var call = new ToolCall("call_7YbX2kQp4mZr9Tn5Vw8Lc3Hd", "weather", "{\"city\": \"Oslo %d\"}".formatted(i));
			messages.add(new Message(Role.USER, "How is the weather in Oslo?"));
			messages.add(new Message(Role.ASSISTANT, "", List.of(call), null));
			messages.add(new Message(Role.TOOL, "Rain, 12 degrees.", List.of(), call.id()));
			messages.add(new Message(Role.ASSISTANT, "It rains."));
		}
		messages.add(new Message(Role.USER, "And now?"));

		int actual = rendered(templates.named(family), messages, List.of(TOOL));

		assertThat(estimate(sizes, List.of(), messages, List.of(TOOL))).isBetween(actual, actual + 20 * 30);
	}

	@Test
	void shortensTextsOfTheRealVocabulary() {
		var random = new Random(11);
		for (int i = 0; i < 200; i++) {
			var text = new StringBuilder();
			while (text.length() < 3000) {
				text.append(TEXTS.get(random.nextInt(TEXTS.size()))).append(' ');
			}
			int most = 30 + random.nextInt(500);

			var shortened = MiddleTruncation.shorten(text.toString(), most, tokenizer);

			int tokens = tokenizer.tokenize(List.of(PromptSegment.typed(shortened.text())), false).size();
			assertThat(tokens).isBetween(most - 12, most);
			assertThat(shortened.text()).doesNotContain("\uFFFD").startsWith(text.substring(0, 2))
					.endsWith(text.substring(text.length() - 2));
		}
	}

	private void estimatesWithin(ConversationTemplate template, String name, List<Tool> tools, Message... system) {
		var sizes = new MessageSizes(template, tokenizer);
		var random = new Random(5);
		int least = 0;
		int most = 0;
		for (int count = 1; count <= 61; count += 2) {
			var turns = new ArrayList<Message>();
			for (int i = 0; i < count; i++) {
				turns.add(new Message(i % 2 == 0 ? Role.USER : Role.ASSISTANT,
						TEXTS.get(random.nextInt(TEXTS.size()))));
			}
			var all = new ArrayList<>(List.of(system));
			all.addAll(turns);

			int actual = rendered(template, all, tools);
			int difference = estimate(sizes, List.of(system), turns, tools) - actual;

			assertThat(difference).as("%s, %d messages of %d tokens", name, count, actual)
					.isBetween(-2, 4 + 3 * count);
			least = Math.min(least, difference);
			most = Math.max(most, difference);
		}
		log.info("{}: estimates are off by {} to {} tokens", name, least, most);
	}

	private static int estimate(MessageSizes sizes, List<Message> system, List<Message> turns, List<Tool> tools) {
		return sizes.pinnedTokens(system, tools) + turns.stream().map(sizes::size).mapToInt(SizedMessage::tokens).sum();
	}

	private int rendered(ConversationTemplate template, List<Message> messages, List<Tool> tools) {
		var prompt = template.render(messages, tools, RenderOptions.NONE);
		return tokenizer.tokenize(prompt.segments(), prompt.bos()).size();
	}

}
