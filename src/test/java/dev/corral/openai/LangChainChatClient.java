package dev.corral.openai;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.corral.template.Message;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;

/** {@code dev.langchain4j:langchain4j-open-ai}. */
record LangChainChatClient(OpenAiChatModel whole, OpenAiStreamingChatModel streaming) implements ChatClient {

	static LangChainChatClient of(String baseUrl, String model) {
		return new LangChainChatClient(
				OpenAiChatModel.builder().baseUrl(baseUrl).apiKey("none").modelName(model).temperature(0.0)
						.maxRetries(0).build(),
				OpenAiStreamingChatModel.builder().baseUrl(baseUrl).apiKey("none").modelName(model).temperature(0.0)
						.build());
	}

	@Override
	public String complete(List<Message> conversation) {
		return whole.chat(messages(conversation)).aiMessage().text();
	}

	@Override
	public List<String> stream(List<Message> conversation) {
		var pieces = new ArrayList<String>();
		var end = new CompletableFuture<ChatResponse>();
		streaming.chat(messages(conversation), new StreamingChatResponseHandler() {

			@Override
			public void onPartialResponse(String piece) {
				pieces.add(piece);
			}

			@Override
			public void onCompleteResponse(ChatResponse response) {
				end.complete(response);
			}

			@Override
			public void onError(Throwable failure) {
				end.completeExceptionally(failure);
			}

		});
		end.orTimeout(60, TimeUnit.SECONDS).join();
		return pieces;
	}

	@Override
	public ToolRoundTrip useTool(String question, String result) {
		var schema = JsonObjectSchema.builder()
				.addProperty("city", JsonRawSchema.from("{\"type\": \"string\", \"maxLength\": 12}")).required("city")
				.additionalProperties(false).build();
		var tool = ToolSpecification.builder().name("get_weather").parameters(schema).build();
		var messages = new ArrayList<ChatMessage>(List.of(UserMessage.from(question)));
		var called = whole.chat(ChatRequest.builder().messages(messages).toolSpecifications(tool)
				.toolChoice(ToolChoice.REQUIRED).build()).aiMessage();
		var call = called.toolExecutionRequests().getFirst();
		messages.add(called);
		messages.add(ToolExecutionResultMessage.from(call, result));
		var answer = whole.chat(ChatRequest.builder().messages(messages).toolSpecifications(tool)
				.toolChoice(ToolChoice.NONE).build()).aiMessage();
		return new ToolRoundTrip(call.name(), call.arguments(), answer.text());
	}

	private static List<ChatMessage> messages(List<Message> conversation) {
		return conversation.stream().map(LangChainChatClient::message).toList();
	}

	private static ChatMessage message(Message message) {
		return switch (message.role()) {
			case SYSTEM -> SystemMessage.from(message.content());
			case USER -> UserMessage.from(message.content());
			case ASSISTANT -> AiMessage.from(message.content());
			case TOOL -> throw new IllegalArgumentException("These conversations call no tools.");
		};
	}

}
