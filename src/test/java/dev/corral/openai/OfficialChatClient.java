package dev.corral.openai;

import java.util.List;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;

import dev.corral.template.Message;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code com.openai:openai-java}. Its own validation checks every response against OpenAI's schema. */
record OfficialChatClient(OpenAIClient client, String model) implements ChatClient {

	static OfficialChatClient of(String baseUrl, String model) {
		return new OfficialChatClient(
				OpenAIOkHttpClient.builder().baseUrl(baseUrl).apiKey("none").maxRetries(0).build(), model);
	}

	@Override
	public String complete(List<Message> conversation) {
		var completion = client.chat().completions().create(params(conversation).build()).validate();
		assertThat(completion.usage()).hasValueSatisfying(usage -> assertThat(usage.completionTokens()).isPositive());
		return completion.choices().getFirst().message().content().orElseThrow();
	}

	@Override
	public List<String> stream(List<Message> conversation) {
		var params = params(conversation)
				.streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build()).build();
		try (var stream = client.chat().completions().createStreaming(params)) {
			var chunks = stream.stream().map(ChatCompletionChunk::validate).toList();
			assertThat(chunks.getLast().usage())
					.hasValueSatisfying(usage -> assertThat(usage.completionTokens()).isPositive());
			return chunks.stream().flatMap(chunk -> chunk.choices().stream())
					.flatMap(choice -> choice.delta().content().stream()).toList();
		}
	}

	ChatCompletionCreateParams.Builder params(List<Message> conversation) {
		var params = ChatCompletionCreateParams.builder().model(model).temperature(0.0);
		for (var message : conversation) {
			switch (message.role()) {
				case SYSTEM -> params.addSystemMessage(message.content());
				case USER -> params.addUserMessage(message.content());
				case ASSISTANT -> params.addAssistantMessage(message.content());
			}
		}
		return params;
	}

}
