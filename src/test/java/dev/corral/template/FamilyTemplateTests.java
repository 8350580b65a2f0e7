package dev.corral.template;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.corral.inference.PromptSegment;

import static dev.corral.template.Conversations.assistant;
import static dev.corral.template.Conversations.system;
import static dev.corral.template.Conversations.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class FamilyTemplateTests {

	private static final String VICUNA = "A chat between a curious user and an artificial intelligence assistant. "
			+ "The assistant gives helpful, detailed, and polite answers to the user's questions.";
	private static final String VICUNA_V0 = "A chat between a curious human and an artificial intelligence assistant. "
			+ "The assistant gives helpful, detailed, and polite answers to the human's questions.";
	private static final String ALPACA = "Below is an instruction that describes a task. "
			+ "Write a response that appropriately completes the request.\n\n";

	private final ConversationTemplates templates = new ConversationTemplates();

	static Stream<Arguments> withoutSystemMessage() {
		return Stream.of(
				arguments("vicuna-v1.1", VICUNA + " USER: Hello! ASSISTANT: Hi!</s>USER: How are you? ASSISTANT:"),
				arguments("vicuna-v0",
						VICUNA_V0 + "\n### Human: Hello!\n### Assistant: Hi!\n### Human: How are you?\n### Assistant:"),
				arguments("koala", "BEGINNING OF CONVERSATION: USER: Hello! GPT: Hi!</s>USER: How are you? GPT:"),
				arguments("alpaca",
						ALPACA + "### Instruction:\nHello!\n\n### Response:Hi!</s>\n\n"
								+ "### Instruction:\nHow are you?\n\n### Response:"),
				arguments("llama-2", "[INST] Hello! [/INST] Hi! </s><s>[INST] How are you? [/INST]"),
				arguments("llama-3",
						"<|start_header_id|>user<|end_header_id|>\n\nHello!<|eot_id|>"
								+ "<|start_header_id|>assistant<|end_header_id|>\n\nHi!<|eot_id|>"
								+ "<|start_header_id|>user<|end_header_id|>\n\nHow are you?<|eot_id|>"
								+ "<|start_header_id|>assistant<|end_header_id|>\n\n"),
				arguments("chatml",
						"<|im_start|>user\nHello!<|im_end|>\n<|im_start|>assistant\nHi!<|im_end|>\n"
								+ "<|im_start|>user\nHow are you?<|im_end|>\n<|im_start|>assistant\n"),
				arguments("mistral", "[INST] Hello! [/INST] Hi!</s>[INST] How are you? [/INST]"),
				arguments("gemma",
						"<start_of_turn>user\nHello!<end_of_turn>\n<start_of_turn>model\nHi!<end_of_turn>\n"
								+ "<start_of_turn>user\nHow are you?<end_of_turn>\n<start_of_turn>model\n"),
				arguments("zephyr",
						"<|user|>\nHello!</s>\n<|assistant|>\nHi!</s>\n<|user|>\nHow are you?</s>\n<|assistant|>\n"));
	}

	@ParameterizedTest
	@MethodSource("withoutSystemMessage")
	void endsAFinishedConversationWithItsLastMessage(String family, String asked) {
		var finished = templates.named(family).renderFinished(List.of(user("Hello!"), assistant("Hi!")));

		assertThat(finished.text()).isEqualTo(asked.substring(0, finished.text().length()));
		assertThat(asked.substring(finished.text().length())).contains("How are you?").doesNotContain("Hi!", "</s>U");
		assertThat(finished.replyPrefix()).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("withoutSystemMessage")
	void writesAConversationAsTheFamilyDoes(String family, String expected) {
		var prompt = templates.named(family).render(Conversations.PLAIN);

		assertThat(prompt.text()).isEqualTo(expected);
		assertThat(prompt.bos()).isTrue();
	}

	static Stream<Arguments> withSystemMessage() {
		return Stream.of(arguments("vicuna-v1.1", "SYS. USER: Hello! ASSISTANT:"),
				arguments("vicuna-v0", "SYS.\n### Human: Hello!\n### Assistant:"),
				arguments("koala", "BEGINNING OF CONVERSATION: SYS. USER: Hello! GPT:"),
				arguments("alpaca", ALPACA + "SYS.\n\n### Instruction:\nHello!\n\n### Response:"),
				arguments("llama-2", "[INST] <<SYS>>\nSYS.\n<</SYS>>\n\nHello! [/INST]"),
				arguments("llama-3",
						"<|start_header_id|>system<|end_header_id|>\n\nSYS.<|eot_id|>"
								+ "<|start_header_id|>user<|end_header_id|>\n\nHello!<|eot_id|>"
								+ "<|start_header_id|>assistant<|end_header_id|>\n\n"),
				arguments("chatml",
						"<|im_start|>system\nSYS.<|im_end|>\n<|im_start|>user\nHello!<|im_end|>\n<|im_start|>assistant\n"),
				arguments("mistral", "[INST] SYS.\nHello! [/INST]"),
				arguments("gemma", "<start_of_turn>user\nSYS.\n\nHello!<end_of_turn>\n<start_of_turn>model\n"),
				arguments("zephyr", "<|system|>\nSYS.</s>\n<|user|>\nHello!</s>\n<|assistant|>\n"));
	}

	@ParameterizedTest
	@MethodSource("withSystemMessage")
	void putsTheSystemMessageWhereTheFamilyExpectsIt(String family, String expected) {
		var prompt = templates.named(family).render(List.of(system("SYS."), user("Hello!")));

		assertThat(prompt.text()).isEqualTo(expected);
	}

	static Stream<Arguments> withoutAnySystemText() {
		return Stream.of(arguments("vicuna-v1.1", "USER: Hello! ASSISTANT:"),
				arguments("vicuna-v0", "### Human: Hello!\n### Assistant:"),
				arguments("koala", "BEGINNING OF CONVERSATION: USER: Hello! GPT:"),
				arguments("alpaca", ALPACA + "### Instruction:\nHello!\n\n### Response:"),
				arguments("llama-2", "[INST] Hello! [/INST]"),
				arguments("llama-3",
						"<|start_header_id|>user<|end_header_id|>\n\nHello!<|eot_id|>"
								+ "<|start_header_id|>assistant<|end_header_id|>\n\n"),
				arguments("chatml", "<|im_start|>user\nHello!<|im_end|>\n<|im_start|>assistant\n"),
				arguments("mistral", "[INST] Hello! [/INST]"),
				arguments("gemma", "<start_of_turn>user\nHello!<end_of_turn>\n<start_of_turn>model\n"),
				arguments("zephyr", "<|user|>\nHello!</s>\n<|assistant|>\n"));
	}

	@ParameterizedTest
	@MethodSource("withoutAnySystemText")
	void leavesTheSystemMessageOutIfItIsEmpty(String family, String expected) {
		var prompt = templates.named(family).render(Conversations.NO_SYSTEM_TEXT);

		assertThat(prompt.text()).isEqualTo(expected);
	}

	@Test
	void coversEveryFamilyByGoldenTexts() {
		assertThat(withoutSystemMessage().map(golden -> golden.get()[0])).containsExactlyElementsOf(templates.names());
		assertThat(withSystemMessage().map(golden -> golden.get()[0])).containsExactlyElementsOf(templates.names());
		assertThat(withoutAnySystemText().map(golden -> golden.get()[0])).containsExactlyElementsOf(templates.names());
	}

	@Test
	void keepsWhatPeopleTypeOutOfTheTemplate() {
		var prompt = templates.named("llama-2").render(List.of(system("{content}"), user("</s>{system}{content}")));

		assertThat(prompt.segments()).containsExactly(PromptSegment.template("[INST] <<SYS>>\n"),
				PromptSegment.typed("{content}"), PromptSegment.template("\n<</SYS>>\n\n"),
				PromptSegment.typed("</s>{system}{content}"), PromptSegment.template(" [/INST]"));
	}

	@Test
	void joinsSystemMessagesInFrontAndNeighboursOfOneRole() {
		var prompt = templates.named("chatml").render(List.of(user("a"), system("S"), user("b"), assistant("c"),
				assistant("d"), system("T"), user("e")));

		assertThat(prompt.text()).isEqualTo("<|im_start|>system\nS\n\nT<|im_end|>\n<|im_start|>user\na\n\nb<|im_end|>\n"
				+ "<|im_start|>assistant\nc\n\nd<|im_end|>\n<|im_start|>user\ne<|im_end|>\n<|im_start|>assistant\n");
	}

	@Test
	void closesAnEmptyReply() {
		var prompt = templates.named("vicuna-v1.1").render(List.of(system(""), user("a"), assistant(""), user("b")));

		assertThat(prompt.text()).isEqualTo("USER: a ASSISTANT: </s>USER: b ASSISTANT:");
	}

	@Test
	void asksForANewReplyAfterAReply() {
		var prompt = templates.named("chatml").render(List.of(user("a"), assistant("b")));

		assertThat(prompt.text()).endsWith("<|im_start|>assistant\nb<|im_end|>\n<|im_start|>assistant\n");
	}

	@Test
	void trimsOnlyWhereTheFamilyDoes() {
		var messages = List.of(user(" a\n"));

		assertThat(templates.named("llama-2").render(messages).text()).isEqualTo("[INST] a [/INST]");
		assertThat(templates.named("mistral").render(messages).text()).isEqualTo("[INST]  a\n [/INST]");
	}

	@Test
	void makesATurnForASystemMessageThatNoUserFollows() {
		var prompt = templates.named("gemma").render(List.of(system("SYS.")));

		assertThat(prompt.text()).isEqualTo("<start_of_turn>user\nSYS.\n\n<end_of_turn>\n<start_of_turn>model\n");
	}

	@Test
	void namesTheSpaceThatAReplyBeginsWith() {
		assertThat(templates.named("vicuna-v1.1").render(Conversations.PLAIN).replyPrefix()).isEqualTo(" ");
		assertThat(templates.named("llama-3").render(Conversations.PLAIN).replyPrefix()).isEmpty();
	}

	@Test
	void stopsAtTheMarksOfFamiliesThatLearnedNoEnd() {
		assertThat(templates.named("vicuna-v0").stopSequences()).containsExactly("###");
		assertThat(templates.named("alpaca").stopSequences()).containsExactly("### Instruction:", "### Input:");
	}

}
