package dev.corral.chat;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.corral.contextwindow.WindowPolicy;
import dev.corral.conversation.MessageId;
import dev.corral.conversation.NotFound;
import dev.corral.conversation.ReplyParameters;
import dev.corral.generation.Attach;
import dev.corral.generation.ReplySettings;
import dev.corral.inference.InvalidParameter;
import dev.corral.template.Message;
import dev.corral.template.Role;
import dev.corral.web.Json;
import dev.corral.web.JsonFields;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AskedReplyParserTests {

	@Test
	void readsAMessageAndHowItIsToBeAnswered() {
		var parent = MessageId.next();
		var asked = AskedReplyParser.message(
				fields("""
					{"content":"hi","parent_id":"%s","model":"llama","max_tokens":5,"temperature":0,"window":"strict","truncate":true,\
					"when_busy":"queue","stream":false}"""
						.formatted(parent)));

		assertThat(asked.parent()).isEqualTo(parent);
		assertThat(asked.settings().model()).isEqualTo("llama");
		assertThat(asked.settings().truncates()).isTrue();
		assertThat(asked.settings().parameters()).isEqualTo(new ReplyParameters(5, 0f, null, null, null, null, null,
				null, null, null, WindowPolicy.STRICT));
		assertThat(asked.waits()).isTrue();
		assertThat(asked.stream()).isFalse();
		assertThat(asked.after(new Attach.After(parent)).said()).isEqualTo(List.of(new Message(Role.USER, "hi")));
	}

	@Test
	void streamsAndRefusesToWaitUnlessToldOtherwise() {
		var asked = AskedReplyParser.message(fields("{\"content\":\"hi\",\"parent_id\":null}"));

		assertThat(asked).isEqualTo(new AskedReply("hi", null, ReplySettings.NONE, false, true));
	}

	@Test
	void saysNothingWhereAnotherReplyIsWanted() {
		var asked = AskedReplyParser.reply(fields("{\"content\":\"hi\",\"seed\":3}"));

		assertThat(asked.after(new Attach.AsFirst()).said()).isEmpty();
		assertThat(asked.settings().parameters().seed()).isEqualTo(3);
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', textBlock = """
		{}                                     , content
		{"content":null}                       , content
		{"content":" \\n"}                     , content
		{"content":["hi"]}                     , content
		`{"content":"hi","when_busy":"later"}` , when_busy
		`{"content":"hi","stream":"yes"}`      , stream
		`{"content":"hi","truncate":1}`        , truncate
		`{"content":"hi","max_tokens":0}`      , max_tokens
		`{"content":"hi","parent_id":5}`       , parent_id
		""")
	void refusesWhatIsMalformed(String body, String field) {
		assertThatExceptionOfType(InvalidParameter.class).isThrownBy(() -> AskedReplyParser.message(fields(body)))
				.satisfies(refused -> assertThat(refused.parameter()).isEqualTo(field));
	}

	@Test
	void findsNoMessageByWhatIsNoId() {
		assertThatExceptionOfType(NotFound.class)
				.isThrownBy(() -> AskedReplyParser.message(fields("{\"content\":\"hi\",\"parent_id\":\"7\"}")))
				.withMessage("There is no message '7'.");
	}

	private static JsonFields fields(String body) {
		return JsonFields.ofBody(Json.read(body.getBytes(StandardCharsets.UTF_8)));
	}

}
