package dev.corral.openai;

import java.util.List;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolChoiceOption;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;

import dev.corral.template.Message;
import dev.corral.template.Role;

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

	@Override
	public ToolRoundTrip useTool(String question, String result) {
		var parameters = FunctionParameters.builder();
		WEATHER.forEach((name, value) -> parameters.putAdditionalProperty(name, JsonValue.from(value)));
		var params = params(List.of(new Message(Role.USER, question))).addFunctionTool(
				FunctionDefinition.builder().name("get_weather").parameters(parameters.build()).build());
		var called = client.chat().completions()
				.create(params.toolChoice(ChatCompletionToolChoiceOption.Auto.REQUIRED).build()).validate().choices()
				.getFirst();
		assertThat(called.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
		var call = called.message().toolCalls().orElseThrow().getFirst().asFunction();
		params.addMessage(called.message()).addMessage(
				ChatCompletionToolMessageParam.builder().toolCallId(call.id()).content(result).build());
		var answer = client.chat().completions()
				.create(params.toolChoice(ChatCompletionToolChoiceOption.Auto.NONE).build()).validate();
		return new ToolRoundTrip(call.function().name(), call.function().arguments(),
				answer.choices().getFirst().message().content().orElseThrow());
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
