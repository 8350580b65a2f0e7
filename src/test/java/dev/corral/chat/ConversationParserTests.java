package dev.corral.chat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.corral.catalog.CatalogModel;
import dev.corral.catalog.ModelCatalog;
import dev.corral.contextwindow.WindowPolicy;
import dev.corral.conversation.Conversation;
import dev.corral.conversation.ConversationId;
import dev.corral.conversation.NewConversation;
import dev.corral.conversation.Owner;
import dev.corral.conversation.ReplyParameters;
import dev.corral.inference.InferenceFailure;
import dev.corral.inference.InvalidParameter;
import dev.corral.inference.ModelSource;
import dev.corral.template.FakeTemplate;
import dev.corral.web.Json;
import dev.corral.web.JsonFields;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ConversationParserTests {

	private static final ReplyParameters WARM = new ReplyParameters(50, 0.5f, null, 4, null, null, null, null, 7L,
			List.of("x"), WindowPolicy.RECALL);

	private final ConversationParser parser = new ConversationParser(catalog("llama"));

	@Test
	void readsAllThatAConversationIsMadeOf() {
		var made = parser.parse(
				fields("""
					{"title":"Trip","model":"llama","system":"Be brief.","window":"recall","max_tokens":50,"temperature":0.5,"top_p":0.9,\
					"top_k":4,"min_p":0.1,"presence_penalty":1,"frequency_penalty":-1,"repetition_penalty":1.1,"seed":7,"stop":["x"],\
					"metadata":{"topic":"demo"}}"""));

		assertThat(made).isEqualTo(new NewConversation("Trip", "llama", "Be brief.",
				new ReplyParameters(50, 0.5f, 0.9f, 4, 0.1f, 1f, -1f, 1.1f, 7L, List.of("x"), WindowPolicy.RECALL),
				Map.of("topic", "demo")));
	}

	@Test
	void leavesOpenWhatNobodySays() {
		assertThat(parser.parse(fields("{}"))).isEqualTo(new NewConversation("llama"));
		assertThat(parser.parse(fields("{\"title\":\"\",\"stop\":null}"))).isEqualTo(new NewConversation("llama"));
		assertThat(parser.parse(fields("{\"top_p\":0}")).parameters().topP()).isEqualTo(Float.MIN_NORMAL);
	}

	@Test
	void wantsToKnowTheModelWhereThereAreSeveral() {
		assertThatExceptionOfType(InvalidParameter.class)
				.isThrownBy(() -> new ConversationParser(catalog("a", "b")).parse(fields("{}")))
				.withMessage("'model' is required, for this server has 2 models.");
		assertThatExceptionOfType(InferenceFailure.ModelNotFound.class)
				.isThrownBy(() -> parser.parse(fields("{\"model\":\"alpaca\"}")));
		assertThatExceptionOfType(InferenceFailure.ModelNotFound.class)
				.isThrownBy(() -> parser.parseChange(fields("{\"model\":\"alpaca\"}")));
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', textBlock = """
		temperature,        2.1
		temperature,        "hot"
		top_p,              1.5
		top_k,              -1
		min_p,              2
		presence_penalty,   3
		frequency_penalty,  -3
		repetition_penalty, 0
		max_tokens,         0
		seed,               1.5
		stop,               [""]
		window,             "sliding"
		system,             5
		metadata,           []
		""")
	void refusesWhatIsOutOfRange(String field, String value) {
		var body = "{\"%s\":%s}".formatted(field, value);

		assertThatExceptionOfType(InvalidParameter.class).isThrownBy(() -> parser.parse(fields(body)))
				.satisfies(refused -> assertThat(refused.parameter()).startsWith(field));
		assertThatExceptionOfType(InvalidParameter.class).isThrownBy(() -> parser.parseChange(fields(body)))
				.satisfies(refused -> assertThat(refused.parameter()).startsWith(field));
	}

	@Test
	void refusesATitleThatIsTooLong() {
		assertThatExceptionOfType(InvalidParameter.class)
				.isThrownBy(() -> parser.parse(fields("{\"title\":\"%s\"}".formatted("t".repeat(201)))))
				.withMessage("'title' may have at most 200 characters, but has 201.");
	}

	@Test
	void changesNothingThatIsNotNamed() {
		var change = parser.parseChange(fields("{\"pinned\":true}"));
		var stored = conversation();

		assertThat(change.of(stored).pinned()).isTrue();
		assertThat(change.of(stored)).extracting("title", "model", "system", "parameters", "archived", "metadata")
				.containsOnlyNulls();
		assertThat(change.versionFor(stored)).isNull();
	}

	@Test
	void takesAwayWhatIsNullAndKeepsOtherParameters() {
		var change = parser.parseChange(fields("{\"title\":null,\"temperature\":null,\"window\":null,\"top_k\":9}"));
		var stored = conversation();

		assertThat(change.of(stored).title()).isEmpty();
		assertThat(change.of(stored).parameters()).isEqualTo(
				new ReplyParameters(50, null, null, 9, null, null, null, null, 7L, List.of("x"), null));
		assertThat(change.versionFor(stored)).as("a merge depends on what was read").isEqualTo(3);
	}

	@Test
	void keepsToTheVersionThatTheClientHasRead() {
		assertThat(parser.parseChange(fields("{\"top_k\":9,\"version\":2}")).versionFor(conversation())).isEqualTo(2);
		assertThat(parser.parseChange(fields("{\"title\":\"a\",\"version\":2}")).versionFor(conversation()))
				.isEqualTo(2);
	}

	private static Conversation conversation() {
		return new Conversation(ConversationId.next(), new Owner("o"), "t", "llama", null, WARM, false, false, Map.of(),
				null, null, Instant.EPOCH, Instant.EPOCH, 3);
	}

	private static ModelCatalog catalog(String... names) {
		return new ModelCatalog(Arrays.stream(names)
				.map(name -> new CatalogModel(new ModelSource(name, Path.of(name), 64, 1), "llama",
						new FakeTemplate(" ", List.of())))
				.toList());
	}

	private static JsonFields fields(String body) {
		return JsonFields.ofBody(Json.read(body.getBytes(StandardCharsets.UTF_8)));
	}

}
