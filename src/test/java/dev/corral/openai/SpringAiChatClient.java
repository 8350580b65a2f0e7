package dev.corral.openai;

import java.util.List;
import java.util.Objects;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.tool.function.FunctionToolCallback;

import dev.corral.template.Message;
import tools.jackson.databind.json.JsonMapper;

/** {@code org.springframework.ai:spring-ai-openai}. */
record SpringAiChatClient(OpenAiChatModel model) implements ChatClient {

	static SpringAiChatClient of(String baseUrl, String model) {
		var options = OpenAiChatOptions.builder().baseUrl(baseUrl).apiKey("none").model(model).temperature(0.0)
				.maxRetries(0).streamUsage(true).build();
		return new SpringAiChatClient(OpenAiChatModel.builder().options(options).build());
	}

	@Override
	public String complete(List<Message> conversation) {
		return Objects.requireNonNull(
				Objects.requireNonNull(model.call(prompt(conversation)).getResult()).getOutput().getText());
	}

	@Override
	public List<String> stream(List<Message> conversation) {
		return model.stream(prompt(conversation)).flatMapIterable(response -> response.getResults())
				.mapNotNull(generation -> generation.getOutput().getText()).toStream().toList();
	}

	@Override
	public ToolRoundTrip useTool(String question, String result) {
		var tool = FunctionToolCallback.builder("get_weather", (String _) -> result).inputType(String.class)
				.inputSchema(JsonMapper.shared().writeValueAsString(WEATHER)).build();
		var options = ((OpenAiChatOptions) model.getOptions()).mutate().toolCallbacks(List.of(tool));
		var user = new UserMessage(question);
		var called = output(new Prompt(List.of(user), options.toolChoice("required").build()));
		var call = called.getToolCalls().getFirst();
		var told = ToolResponseMessage.builder()
				.responses(List.of(new ToolResponseMessage.ToolResponse(call.id(), call.name(), result))).build();
		var answer = output(new Prompt(List.of(user, called, told), options.toolChoice("none").build()));
		return new ToolRoundTrip(call.name(), call.arguments(), Objects.requireNonNull(answer.getText()));
	}

	private AssistantMessage output(Prompt prompt) {
		return Objects.requireNonNull(model.call(prompt).getResult()).getOutput();
	}

	private static Prompt prompt(List<Message> conversation) {
		return new Prompt(conversation.stream().map(SpringAiChatClient::message).toList());
	}

	private static org.springframework.ai.chat.messages.Message message(Message message) {
		return switch (message.role()) {
			case SYSTEM -> new SystemMessage(message.content());
			case USER -> new UserMessage(message.content());
			case ASSISTANT -> new AssistantMessage(message.content());
			case TOOL -> throw new IllegalArgumentException("These conversations call no tools.");
		};
	}

}
