package dev.corral.conversation.exchange;

import java.nio.file.Path;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.corral.conversation.ReplyFacts;

import static org.assertj.core.api.Assertions.assertThat;

class ChatGptFormatTests {

	private static final String EXPORT = """
		[{"title": "Capitals", "create_time": 1700000000.5, "update_time": 1700000100, "is_archived": true, "current_node": "n6",
		  "default_model_slug": "gpt-4o", "conversation_id": "c1", "mapping": {
		  "n5": {"id": "n5", "parent": "n3", "message": {"author": {"role": "assistant"}, "create_time": 1700000005, "recipient": "all",
		    "content": {"content_type": "text", "parts": ["Paris."]}, "metadata": {"model_slug": "gpt-4o"}}, "children": []},
		  "root": {"id": "root", "message": null, "parent": null, "children": ["n1"]},
		  "n1": {"id": "n1", "parent": "root", "message": {"author": {"role": "system"}, "content": {"content_type": "text", "parts": [""]},
		    "metadata": {"is_visually_hidden_from_conversation": true}}, "children": ["n2"]},
		  "n2": {"id": "n2", "parent": "n1", "message": {"author": {"role": "user"}, "create_time": 1700000001,
		    "content": {"content_type": "multimodal_text", "parts": [{"content_type": "image_asset_pointer"}, "Capital of France?"]}}},
		  "n3": {"id": "n3", "parent": "n2", "message": {"author": {"role": "assistant"}, "recipient": "web",
		    "content": {"content_type": "code", "text": "search()"}}},
		  "n4": {"id": "n4", "parent": "n3", "message": {"author": {"role": "tool"}, "content": {"content_type": "text", "parts": ["found"]}}},
		  "n6": {"id": "n6", "parent": "n4", "message": {"author": {"role": "assistant"}, "create_time": 1700000004,
		    "content": {"content_type": "text", "parts": ["It is Paris.", ""]}, "status": "in_progress"}}
		}}]
		""";

	@TempDir
	Path folder = Path.of("");

	@Test
	void keepsBranchesAndPassesOverWhatIsHidden() {
		var conversation = Samples.readOne(folder, EXPORT);

		assertThat(Samples.tree(conversation)).containsExactly(
				"null > n2 USER: [attachment]\n\nCapital of France?", "n2 > n6 ASSISTANT: It is Paris.",
				"n2 > n5 ASSISTANT: Paris.");
		assertThat(conversation.leaf()).isEqualTo("n6");
		assertThat(conversation.messages()).extracting(message -> message.status().id()).containsExactly("complete",
				"interrupted", "complete");
	}

	@Test
	void takesOverWhatIsKnown() {
		var conversation = Samples.readOne(folder, EXPORT);

		assertThat(conversation.title()).isEqualTo("Capitals");
		assertThat(conversation.model()).isEqualTo("gpt-4o");
		assertThat(conversation.archived()).isTrue();
		assertThat(conversation.system()).isNull();
		assertThat(conversation.createdAt()).isEqualTo(Instant.ofEpochSecond(1_700_000_000, 500_000_000));
		assertThat(conversation.messages().getLast().reply()).isEqualTo(ReplyFacts.asked("gpt-4o"));
		assertThat(conversation.messages().getLast().createdAt()).isEqualTo(Instant.ofEpochSecond(1_700_000_005));
	}

	@Test
	void keepsAVisibleSystemMessage() {
		var shown = EXPORT.replace("[\"\"]", "[\"Be brief.\"]").replace("is_visually_hidden_from_conversation", "x");

		assertThat(Samples.readOne(folder, shown).system()).isEqualTo("Be brief.");
	}

	@Test
	void endsWithTreesThatAreNone() {
		var circle = """
			{"title": "x", "mapping": {"a": {"parent": "b", "message": null}, "b": {"parent": "a"}, "c": {"parent": "gone",
			"message": {"author": {"role": "user"}, "content": {"content_type": "text", "parts": ["Hi"]}}}, "d": 5}}
			""".replace(
				"\n", "");

		assertThat(Samples.tree(Samples.readOne(folder, circle))).containsExactly("null > c USER: Hi");
	}

	@Test
	void goesDownLongConversations() {
		var mapping = new StringBuilder("{\"mapping\": {\"n0\": {}");
		for (int i = 1; i < 50; i++) {
			mapping.append(
					", \"n%d\": {\"parent\": \"n%d\", \"message\": {\"author\": {\"role\": \"user\"}, \"content\": {\"content_type\": \"text\", \"parts\": [\"%d\"]}}}"
							.formatted(i, i - 1, i));
		}

		assertThat(Samples.readOne(folder, mapping + "}}").messages()).hasSize(49);
	}

}
