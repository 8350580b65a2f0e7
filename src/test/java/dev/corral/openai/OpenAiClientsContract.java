package dev.corral.openai;

import java.util.List;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import com.openai.errors.NotFoundException;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;

import dev.corral.template.Message;
import dev.corral.template.Role;
import tools.jackson.databind.json.JsonMapper;

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

	@ParameterizedTest
	@EnumSource
	default void callsAToolAndAnswersFromItsResult(Client client) {
		var roundTrip = connect(client).useTool("What is the weather in Paris?", "{\"sky\": \"blue\"}");

		assertThat(roundTrip.tool()).isEqualTo("get_weather");
		var arguments = JsonMapper.shared().readTree(roundTrip.arguments());
		assertThat(arguments.propertyNames()).containsExactly("city");
		assertThat(arguments.get("city").stringValue()).hasSizeLessThanOrEqualTo(12);
		assertThat(roundTrip.answer()).isNotBlank();
	}

	@Test
	default void tellsTheOfficialClientThatAModelDoesNotExist() {
		var chat = OfficialChatClient.of(baseUrl(), "alpaca");

		assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> chat.complete(List.of(user("hi"))))
				.satisfies(failure -> assertThat(failure.code()).hasValue("model_not_found"));
	}

	@Test
	default void tellsTheOfficialClientHowLikelyTokensWere() {
		var client = OfficialChatClient.of(baseUrl(), model());
		var params = client.params(List.of(user("What is the capital of France?"))).logprobs(true).topLogprobs(2)
				.build();

		var choice = client.client().chat().completions().create(params).validate().choices().getFirst();

		var tokens = choice.logprobs().orElseThrow().content().orElseThrow();
		assertThat(tokens).isNotEmpty().allSatisfy(token -> {
			assertThat(token.logprob()).isLessThanOrEqualTo(0);
			assertThat(token.topLogprobs()).hasSize(2);
			assertThat(token.topLogprobs().getFirst().token()).isEqualTo(token.token());
		});
		assertThat(tokens.stream().map(token -> token.token()).collect(Collectors.joining()).strip())
				.isEqualTo(choice.message().content().orElseThrow());
	}

	@Test
	default void givesTheOfficialClientSeveralChoices() {
		var client = OfficialChatClient.of(baseUrl(), model());
		var params = client.params(List.of(user("What is the capital of France?"))).n(3).build();

		var whole = client.client().chat().completions().create(params).validate();

		assertThat(whole.choices()).extracting(choice -> choice.index()).containsExactly(0L, 1L, 2L);
		assertThat(whole.choices()).allSatisfy(
				choice -> assertThat(choice.message().content()).hasValueSatisfying(
						content -> assertThat(content).contains("Paris")));
		try (var stream = client.client().chat().completions().createStreaming(params)) {
			assertThat(stream.stream().flatMap(chunk -> chunk.validate().choices().stream())
					.filter(choice -> choice.finishReason().isPresent()).map(choice -> choice.index()))
					.containsExactlyInAnyOrder(0L, 1L, 2L);
		}
	}

	@Test
	default void goesOnWithResponsesOfTheOfficialClient() {
		var responses = OfficialChatClient.of(baseUrl(), model()).client().responses();
		var first = responses.create(response("My name is Ada.").build()).validate();
		var second = responses.create(response("What is my name?").previousResponseId(first.id()).build()).validate();

		assertThat(said(second)).contains("Ada");
		assertThat(second.usage()).hasValueSatisfying(usage -> assertThat(usage.outputTokens()).isPositive());
		assertThat(said(responses.retrieve(second.id()).validate())).isEqualTo(said(second));
		assertThat(responses.inputItems().list(second.id()).data()).hasSize(3);
		responses.delete(first.id());
		assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> responses.retrieve(first.id()));
	}

	@Test
	default void streamsResponsesToTheOfficialClient() {
		var responses = OfficialChatClient.of(baseUrl(), model()).client().responses();
		try (var stream = responses.createStreaming(response("What is the capital of France?").build())) {
			var events = stream.stream().map(ResponseStreamEvent::validate).toList();

			assertThat(events.stream().flatMap(event -> event.outputTextDelta().stream())
					.map(delta -> delta.delta()).collect(Collectors.joining())).contains("Paris");
			var whole = events.getLast().asCompleted().response();
			assertThat(said(whole)).contains("Paris");
			assertThat(responses.cancel(whole.id()).validate().status()).hasValue(ResponseStatus.COMPLETED);
		}
	}

	@Test
	default void keepsResponsesInAConversationOfTheOfficialClient() {
		var client = OfficialChatClient.of(baseUrl(), model()).client();
		var conversation = client.conversations().create().validate();
		client.responses().create(response("My name is Ada.").conversation(conversation.id()).build());
		var second = client.responses().create(response("What is my name?").conversation(conversation.id()).build())
				.validate();

		assertThat(said(second)).contains("Ada");
		assertThat(client.conversations().items().list(conversation.id()).data()).hasSize(4);
		assertThat(client.conversations().delete(conversation.id()).validate().deleted()).isTrue();
	}

	private ResponseCreateParams.Builder response(String input) {
		return ResponseCreateParams.builder().model(model()).temperature(0.0).input(input);
	}

	private static String said(Response response) {
		return response.output().stream().flatMap(item -> item.message().stream())
				.flatMap(message -> message.content().stream()).map(content -> content.asOutputText().text())
				.collect(Collectors.joining());
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
