package dev.corral.openai;

import java.util.List;
import java.util.Objects;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;

import dev.corral.template.Message;

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
