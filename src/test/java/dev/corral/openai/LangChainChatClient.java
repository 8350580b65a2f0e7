package dev.corral.openai;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.corral.template.Message;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
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
