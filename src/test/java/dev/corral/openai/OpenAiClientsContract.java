package dev.corral.openai;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import com.openai.errors.NotFoundException;

import dev.corral.template.Message;
import dev.corral.template.Role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What clients written for OpenAI must get from a server whose model knows France and remembers names. */
interface OpenAiClientsContract {

	int port();

	String model();

	@ParameterizedTest
	@EnumSource
	default void answersAQuestion(Client client) {
		assertThat(connect(client).complete(List.of(user("What is the capital of France?")))).contains("Paris");
	}

	@ParameterizedTest
	@EnumSource
	default void streamsAnAnswer(Client client) {
		var pieces = connect(client).stream(List.of(user("What is the capital of France?")));

		assertThat(String.join("", pieces)).contains("Paris");
		assertThat(pieces).hasSizeGreaterThan(1);
	}

	@ParameterizedTest
	@EnumSource
	default void remembersWhatWasSaidBefore(Client client) {
		var chat = connect(client);
		var greeting = user("My name is Ada.");
		var reply = new Message(Role.ASSISTANT, chat.complete(List.of(greeting)));

		assertThat(chat.complete(List.of(greeting, reply, user("What is my name?")))).contains("Ada");
	}

	@Test
	default void tellsTheOfficialClientThatAModelDoesNotExist() {
		var chat = OfficialChatClient.of(baseUrl(), "alpaca");

		assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> chat.complete(List.of(user("hi"))))
				.satisfies(failure -> assertThat(failure.code()).hasValue("model_not_found"));
	}

	@Test
	default void listsItsModelsForTheOfficialClient() {
		var models = OfficialChatClient.of(baseUrl(), model()).client().models();

		assertThat(models.list().data()).anyMatch(model -> model.validate().id().equals(model()));
		assertThat(models.retrieve(model()).validate().id()).isEqualTo(model());
	}

	private ChatClient connect(Client client) {
		return switch (client) {
			case OPENAI_JAVA -> OfficialChatClient.of(baseUrl(), model());
			case LANGCHAIN4J -> LangChainChatClient.of(baseUrl(), model());
			case SPRING_AI -> SpringAiChatClient.of(baseUrl(), model());
		};
	}

	private String baseUrl() {
		return "http://localhost:%d/v1".formatted(port());
	}

	private static Message user(String content) {
		return new Message(Role.USER, content);
	}

	/** The clients under test. */
	enum Client {

		OPENAI_JAVA, LANGCHAIN4J, SPRING_AI

	}

}
