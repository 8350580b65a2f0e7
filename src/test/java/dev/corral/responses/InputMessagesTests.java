package dev.corral.responses;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dev.corral.inference.InvalidParameter;
import dev.corral.responses.InputItem.Answered;
import dev.corral.responses.InputItem.Called;
import dev.corral.responses.InputItem.Said;
import dev.corral.template.Message;
import dev.corral.template.Role;
import dev.corral.template.ToolCall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class InputMessagesTests {

	private static final ToolCall A = new ToolCall("a", "f", "{}");

	private static final ToolCall B = new ToolCall("b", "g", "{}");

	@Test
	void makesOneMessageOfWhatTheAssistantSaysAndCalls() {
		var messages = InputMessages.of(List.of(new Said(Role.USER, "hi"), new Said(Role.ASSISTANT, "well"),
				new Called(A), new Called(B), new Answered("b", "2", "input[4]"), new Answered("a", "1", "input[5]"),
				new Called(new ToolCall("c", "f", "{}"))), Set.of());

		assertThat(messages).containsExactly(new Message(Role.USER, "hi"),
				new Message(Role.ASSISTANT, "well", List.of(A, B), null), new Message(Role.TOOL, "2", List.of(), "b"),
				new Message(Role.TOOL, "1", List.of(), "a"),
				new Message(Role.ASSISTANT, "", List.of(new ToolCall("c", "f", "{}")), null));
	}

	@Test
	void takesAnswersToEarlierCalls() {
		var items = List.<InputItem>of(new Answered("a", "1", "input[0]"));

		assertThat(InputMessages.answersEarlierCalls(items)).isTrue();
		assertThat(InputMessages.of(items, Set.of("a"))).containsExactly(new Message(Role.TOOL, "1", List.of(), "a"));
	}

	@Test
	void refusesAnswersToCallsThatNobodyMade() {
		var items = List.<InputItem>of(new Called(A), new Answered("b", "1", "input[1]"));

		assertThatExceptionOfType(InvalidParameter.class).isThrownBy(() -> InputMessages.of(items, Set.of("c")))
				.withMessage("'input[1].call_id' must be the 'call_id' of a call before it.");
		assertThat(InputMessages.answersEarlierCalls(List.of(new Called(A), new Answered("a", "1", "x")))).isFalse();
	}

}
