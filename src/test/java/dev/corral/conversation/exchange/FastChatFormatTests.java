package dev.corral.conversation.exchange;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.corral.conversation.Feedback;
import dev.corral.conversation.ImportedConversation;

import static org.assertj.core.api.Assertions.assertThat;

class FastChatFormatTests {

	@TempDir
	Path folder = Path.of("");

	@Test
	void takesTheLastLineOfEachConversation() {
		var log = line("chat", "a", "[[\"USER\", \"Hi\"], [\"ASSISTANT\", \"Hello\"]]")
				+ line("chat", "b", "[[\"USER\", \"Yo\"], [\"ASSISTANT\", null]]")
				+ line("upvote", "a", "[[\"USER\", \"Hi\"], [\"ASSISTANT\", \"Hello\"]]")
				+ "{\"tstamp\": 3, \"type\": \"leftvote\", \"states\": [{}, {}]}\n"
				+ line("chat", "a",
						"[[\"USER\", \"Hi\"], [\"ASSISTANT\", \"Hello\"], [\"USER\", [\"Who?\", []]], [\"ASSISTANT\", \"I\"]]");

		var found = Samples.read(folder, log).stream().map(ImportedConversation.class::cast).toList();

		assertThat(found).extracting(Samples::tree).containsExactly(List.of("null > 0 USER: Yo"),
				List.of("null > 0 USER: Hi", "0 > 1 ASSISTANT: Hello", "1 > 2 USER: Who?", "2 > 3 ASSISTANT: I"));
		assertThat(found.getLast().messages()).extracting(message -> message.feedback()).containsExactly(null,
				new Feedback(true, null), null, null);
		assertThat(found.getLast().model()).isEqualTo("vicuna-13b");
		assertThat(found.getLast().system()).isEqualTo("A chat.");
		assertThat(found.getLast().createdAt()).isEqualTo(Instant.ofEpochMilli(1_684_000_000_250L));
	}

	@Test
	void leavesOutExamplesOfTheTemplate() {
		var log = line("chat", "a", "[[\"USER\", \"Ex\"], [\"ASSISTANT\", \"Ample\"], [\"USER\", \"Hi\"]]")
				.replace("\"offset\": 0", "\"offset\": 2");

		assertThat(Samples.tree(Samples.readOne(folder, log))).containsExactly("null > 2 USER: Hi");
	}

	@Test
	void refusesLinesThatAreNoConversations() {
		var log = line("chat", "a", "[[\"OTHER\", \"Hi\"]]") + line("chat", "b", "[[\"USER\", 5]]")
				+ line("chat", "c", "5") + "{\"type\": \"chat\"\n";

		assertThat(Samples.read(folder, log)).satisfiesExactly(
				first -> assertThat(first).isEqualTo("1 its message 0 is of none of its 'roles'"),
				second -> assertThat(second).isEqualTo("2 its message 0 has no text"),
				third -> assertThat(third).isEqualTo("3 its 'state' has no list 'messages'"),
				fourth -> assertThat(fourth).asString().startsWith("4 it is no JSON: "));
	}

	private static String line(String type, String id, String messages) {
		return """
			{"tstamp": 1684000001.5, "type": "%s", "model": "vicuna-13b", "start": 1684000000.25, "finish": 1684000001.25, \
			"state": {"template_name": "vicuna_v1.1", "system_message": "A chat.", "roles": ["USER", "ASSISTANT"], \
			"messages": %s, "offset": 0, "conv_id": "%s", "model_name": "vicuna-13b"}, "ip": "192.0.2.1"}
			"""
				.formatted(type, messages, id);
	}

}
