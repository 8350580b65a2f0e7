package dev.corral.conversation.exchange;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.corral.conversation.ImportedConversation;

import static org.assertj.core.api.Assertions.assertThat;

class ShareGptFormatTests {

	@TempDir
	Path folder = Path.of("");

	@Test
	void readsBothShapes() {
		var file = """
			[{"id": "x", "title": "T", "model": "m", "conversations": [{"from": "system", "value": "Be brief."},
			  {"from": "human", "value": "Hi"}, {"from": "gpt", "value": "Hello"}]},
			 {"system": "S", "messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}]
			""";

		var found = Samples.read(folder, file);

		assertThat(found.getFirst()).isInstanceOfSatisfying(ImportedConversation.class, first -> {
			assertThat(Samples.tree(first)).containsExactly("null > 1 USER: Hi", "1 > 2 ASSISTANT: Hello");
			assertThat(first.title()).isEqualTo("T");
			assertThat(first.model()).isEqualTo("m");
			assertThat(first.system()).isEqualTo("Be brief.");
			assertThat(first.leaf()).isEqualTo("2");
		});
		assertThat(found.getLast()).asString().contains("system=S,", "leaf=1");
	}

	@Test
	void writesTheActiveBranchAlone() {
		assertThat(ShareGptFormat.write("id1", Samples.full())).isEqualTo("""
			{"id":"id1","title":"Greek","model":"cria","conversations":[{"from":"system","value":"Be brief."},\
			{"from":"human","value":"Was heißt “Ω”?\\n"}]}""");
		assertThat(ShareGptFormat.write(null, Samples.of("T", "Hi", "Hello"))).isEqualTo("""
			{"title":"T","model":"cria","conversations":[{"from":"human","value":"Hi"},\
			{"from":"gpt","value":"Hello"}]}""");
	}

	@Test
	void refusesWhatIsNoConversation() {
		assertThat(Samples.read(folder, """
			{"conversations": [{"from": "human"}]}
			{"conversations": [{"from": "pirate", "value": "Arr"}]}
			{"conversation": []}
			""")).containsExactly("1 its message 0 has no texts 'from' and 'value'",
				"2 its message 0 is of an unknown role", "3 it has no list 'conversations'");
	}

}
