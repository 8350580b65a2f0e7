package dev.corral.conversation.exchange;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class CorralJsonTests {

	@TempDir
	Path folder = Path.of("");

	@Test
	void losesNothing() {
		var conversation = Samples.full();

		assertThat(Samples.read(folder, CorralJson.write(conversation) + "\n" + CorralJson.write(Samples.of("Empty"))))
				.containsExactly(conversation, Samples.of("Empty"));
	}

	@Test
	void writesTheNamesThatItPromises() {
		assertThat(CorralJson.write(Samples.full())).isEqualTo(
				"""
					{"format":"corral-conversations-1","title":"Greek","model":"cria","system":"Be brief.",\
					"parameters":{"max_tokens":5,"temperature":0.5,"top_p":1.0,"top_k":40,"min_p":0.1,"presence_penalty":0.0,\
					"frequency_penalty":-1.0,"repetition_penalty":1.1,"seed":7,"stop":["END"],"window":"sink-shift"},\
					"pinned":true,"archived":true,"metadata":{"project":"letters"},\
					"created_at":"2026-11-23T16:00:00.123456789Z","updated_at":"2026-11-23T16:00:01.123456789Z","messages":[\
					{"key":"a","message":{"role":"user","content":"Was heißt “Ω”?\\n","tool_calls":[]},"status":"complete",\
					"created_at":"2026-11-23T16:00:00.123456789Z"},\
					{"key":"b","parent":"a","message":{"role":"assistant","content":"Om","tool_calls":[]},"status":"failed",\
					"reply":{"model":"cria","error":{"code":"queue_timeout","message":"Too late."},\
					"finished_at":"2026-11-23T16:00:00.123456789Z"},"created_at":"2026-11-23T16:00:00.123456789Z"},\
					{"key":"c","parent":"a","message":{"role":"assistant","content":"","tool_calls":[{"id":"call_1",\
					"name":"look_up","arguments":"{\\"x\\": 1}"}]},"status":"complete","reply":{"model":"cria",\
					"window":{"policy":"recap","context_tokens":1,"reserved_tokens":2,"prompt_tokens":3,"kept_messages":4,\
					"cut_messages":5,"recap_tokens":6,"recalled_messages":7,"truncated_tokens":8,"system_tokens":9,"places":{"first_cut":0,"first_kept":2,"recalled":[1]}},\
					"usage":{"prompt_tokens":10,"completion_tokens":20,"cached_tokens":5},"finish_reason":"stop",\
					"timings":{"queue":"PT0.001S","prefill":"PT0.001234567S","decode":"PT1M30S"},\
					"time_to_first_token":"PT0.015S","finished_at":"2026-11-23T16:00:00.123456789Z"},\
					"feedback":{"good":false,"reason":"Wrong."},"created_at":"2026-11-23T16:00:00.123456789Z"},\
					{"key":"d","parent":"c","message":{"role":"tool","content":"Omega","tool_calls":[],\
					"tool_call_id":"call_1"},"status":"complete"}],"leaf":"d"}""");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '|', value = {
			"\"format\":\"corral-conversations-1\"; \"format\":\"corral-conversations-2\"; 1 its 'format' is 'corral-conversations-2', but must be 'corral-conversations-1'",
			"\"leaf\":\"d\"; \"leaf\":\"x\"; 1 its active branch ends with no message of it",
			"\"parent\":\"c\"; \"parent\":\"d\"; 1 its message 'd' does not come behind its parent",
			"\"key\":\"b\"; \"key\":\"a\"; 1 it has two messages 'a'",
			"\"status\":\"failed\"; \"status\":\"lost\"; 1 it has parts that are missing or wrong",
			"\"metadata\":{\"project\":\"letters\"},; \"x\":1,; 1 it has parts that are missing or wrong",
			"\"content\":\"Omega\",; ; 1 it lacks 'content' in a 'Message'",
			"\"code\":\"queue_timeout\",; ; 1 it lacks 'code' in a 'ReplyError'",
			"\"temperature\":0.5; \"temperature\":9; 1 its 'parameters' cannot be used: 'temperature' must be between 0 and 2",
			"\"window\":\"sink-shift\"; \"window\":\"none\"; 1 it has parts that are missing or wrong"})
	void saysWhatIsWrongWithALine(String part, @Nullable String replacement, String problem) {
		var line = CorralJson.write(Samples.full());

		assertThat(line).contains(part);
		assertThat(Samples.read(folder, line.replace(part, replacement == null ? "" : replacement))).singleElement()
				.asString()
				.startsWith(problem);
	}

	@Test
	void takesARunningReplyForInterrupted() {
		var line = CorralJson.write(Samples.full()).replace("\"status\":\"failed\"", "\"status\":\"in_progress\"");

		assertThat(CorralJson.write(Samples.readOne(folder, line))).contains("\"status\":\"interrupted\"");
	}

}
