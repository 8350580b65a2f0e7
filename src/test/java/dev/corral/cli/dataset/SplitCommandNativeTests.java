package dev.corral.cli.dataset;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.corral.cli.model.EngineBeans;
import dev.corral.inference.PromptSegment;
import dev.corral.inference.TokenizerFactory;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** The command with the vocabulary and the template of the model that comes with Corral. */
@Tag("native")
class SplitCommandNativeTests {

	private static final JsonMapper JSON = new JsonMapper();

	private static final String CRIA = "models/cria/cria-q8_0.gguf";

	private static final String VICUNA = "A chat between a curious user and an artificial intelligence assistant. The assistant gives helpful, detailed, and polite answers to the user's questions.";

	private static final String[] WORDS = {"llama", "the", "capital", "Ελλάδα", "😀", "of", "</s>", "USER:", "\n\n",
			"run",
			"東京", "it's", "3.14", "  ", "and"};

	private final StringWriter output = new StringWriter();

	private final StringWriter errors = new StringWriter();

	@TempDir
	Path folder = Path.of("");

	@Test
	void writesPiecesThatFitWithAllThatTheTemplateAdds() throws IOException {
		var random = new SplittableRandom(9);
		var records = new ArrayList<String>();
		for (int i = 0; i < 40; i++) {
			records.add(conversation("c" + i, random));
		}
		Files.write(folder.resolve("in.jsonl"), records);

		assertThat(split("--in", "in.jsonl", "--out", "out.jsonl", "--max-tokens", "200", "--keep-unanswered"))
				.isZero();

		var pieces = Files.readAllLines(folder.resolve("out.jsonl")).stream().map(JSON::readTree).toList();
		try (var context = EngineBeans.start();
				var opened = context.getBean(TokenizerFactory.class).openTokenizer(Path.of(CRIA))) {
			assertThat(pieces).allSatisfy(piece -> assertThat(
					opened.tokenizer().tokenize(vicuna(piece.path("conversations")), true).size()).isBetween(1, 200));
		}
		assertThat(texts(pieces)).isEqualTo(texts(records.stream().map(JSON::readTree).toList()));
		assertThat(pieces).extracting(piece -> piece.path("id").asString()).doesNotHaveDuplicates();
		assertThat(errors.toString()).startsWith("40 conversations in " + pieces.size() + " pieces.");
	}

	@Test
	void keepsIdsOtherFieldsAndTheFormOfTheInput() throws IOException {
		var text = "word ".repeat(60);
		Files.writeString(folder.resolve("in.json"),
				"""
					[{"id": "a", "lang": {"of": ["en", 1.50]}, "conversations": [
					  {"from": "system", "value": "Be brief."},
					  {"from": "human", "value": "%1$s", "markdown": null}, {"from": "gpt", "value": "One."},
					  {"from": "human", "value": "%1$s"}, {"from": "gpt", "value": "Two.", "n": 2}, {"from": "human", "value": "?"}
					]}]
					""".formatted(
						text));

		assertThat(split("--in", "in.json", "--out", "in.json", "--max-tokens", "100")).isZero();

		assertThat(folder.resolve("in.json")).hasContent(
				"""
					[
					{"id":"a_1","lang":{"of":["en",1.50]},"conversations":[{"from":"system","value":"Be brief."},{"from":"human","value":"%1$s","markdown":null},{"from":"gpt","value":"One."}]},
					{"id":"a_3","lang":{"of":["en",1.50]},"conversations":[{"from":"system","value":"Be brief."},{"from":"human","value":"%1$s"},{"from":"gpt","value":"Two.","n":2}]}
					]
					"""
						.formatted(text));
		assertThat(folder).isDirectoryNotContaining(path -> path.toString().contains(".part"));
		assertThat(errors.toString()).contains("and 1 questions that nobody had answered.");
	}

	@Test
	void reportsRecordsThatAreNoConversations() throws IOException {
		Files.writeString(folder.resolve("in.jsonl"),
				"""
					{"id": 1, "messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}
					{"id": 2, "conversations": [{"from": "human"}]}
					{"id": 3
					{"id": 4, "conversations": [{"from": "tool", "value": "x"}]}
					{"id": 5, "conversations": [{"from": "system", "value": "%s"}, {"from": "human", "value": "Hi"}]}
					{"id": 6, "conversations": [{"from": "gpt", "value": "x"}, {"from": "human", "value": "Hi"}, {"from": "gpt", "value": "Hello"}]}
					""".formatted(
						"word ".repeat(99)));

		assertThat(split("--in", "in.jsonl", "--out", "-", "--max-tokens", "90")).isZero();

		assertThat(output.toString()).isEqualTo("""
			{"id":"1_0","messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello"}]}
			{"id":"6_1","conversations":[{"from":"human","value":"Hi"},{"from":"gpt","value":"Hello"}]}
			""");
		assertThat(errors.toString().lines()).satisfiesExactly(
				line -> assertThat(line)
						.isEqualTo("Record 2 is left out: its message 0 has no texts 'from' and 'value'."),
				line -> assertThat(line).startsWith("Record 3 is left out: it is no JSON: ").contains("column 9"),
				line -> assertThat(line)
						.isEqualTo("Record 4 is left out: its message 0 is of an unknown role 'tool'."),
				line -> assertThat(line).isEqualTo(
						"Record 5 is left out: a piece of 90 tokens has no room beside the system message and the template."),
				line -> assertThat(line).isEqualTo("2 conversations in 2 pieces."),
				line -> assertThat(line).isEqualTo("0 rounds longer than a piece were cut into parts."),
				line -> assertThat(line).startsWith("1 replies that nobody had asked for were left out"),
				line -> assertThat(line).isEqualTo("4 records could not be read."));
	}

	@Test
	void readsTheRecordsThatWereAskedFor() throws IOException {
		Files.writeString(folder.resolve("in.jsonl"),
				"{\"conversations\": [{\"from\": \"human\", \"value\": \"Hi\"}, {\"from\": \"gpt\", \"value\": \"Yo\"}]}\n"
						.repeat(9));

		assertThat(split("--in", "in.jsonl", "--out", "-", "--begin", "3", "--end", "5")).isZero();

		assertThat(output.toString().lines()).hasSize(2).first().asString().startsWith("{\"id\":\"3_0\",");
	}

	@Test
	void leavesTheOutputAloneWhenTheInputBreaksOff() throws IOException {
		Files.writeString(folder.resolve("in.json"), "[{\"conversations\": []}, {\"conv");
		Files.writeString(folder.resolve("out.json"), "before");

		assertThat(split("--in", "in.json", "--out", "out.json")).isOne();

		assertThat(folder.resolve("out.json")).hasContent("before");
		assertThat(folder).isDirectoryNotContaining(path -> path.toString().contains(".part"));
		assertThat(errors.toString()).startsWith("The file cannot be read from record 2 on: ").hasLineCount(1);
	}

	@Test
	void refusesAMaximumThatTheTemplateAlmostFills() {
		assertThat(split("--in", "in.json", "--out", "-", "--max-tokens", "60")).isEqualTo(2);

		assertThat(errors.toString()).contains("'--max-tokens' must be ", " but is 60.");
	}

	private int split(String... arguments) {
		var all = new ArrayList<String>();
		for (var argument : arguments) {
			all.add(argument.contains(".json") ? folder.resolve(argument).toString() : argument);
		}
		all.addAll(List.of("--model", CRIA));
		return new CommandLine(new SplitCommand()).setCaseInsensitiveEnumValuesAllowed(true)
				.setOut(new PrintWriter(output, true)).setErr(new PrintWriter(errors, true))
				.setExecutionExceptionHandler((failure, line, _) -> {
					line.getErr().println(failure.getMessage());
					return 1;
				}).execute(all.toArray(String[]::new));
	}

	private static String conversation(String id, SplittableRandom random) {
		var record = JSON.createObjectNode().put("id", id);
		var messages = record.putArray("conversations");
		int count = random.nextInt(1, 12);
		for (int i = 0; i < count; i++) {
			var text = new StringBuilder("x");
			int words = random.nextInt(8) == 0 ? random.nextInt(400) : random.nextInt(40);
			for (int word = 0; word < words; word++) {
				text.append(WORDS[random.nextInt(WORDS.length)]).append(random.nextBoolean() ? " " : "");
			}
			messages.addObject().put("from", i % 2 == 0 ? "human" : "gpt").put("value", text.toString());
		}
		return record.toString();
	}

	/** The conversation as Vicuna was trained on it, written out by hand. */
	private static List<PromptSegment> vicuna(JsonNode messages) {
		var segments = new ArrayList<PromptSegment>();
		segments.add(PromptSegment.template(VICUNA + " "));
		for (var message : messages) {
			boolean human = message.path("from").asString().equals("human");
			segments.add(PromptSegment.template(human ? "USER: " : "ASSISTANT: "));
			segments.add(PromptSegment.typed(message.path("value").asString()));
			segments.add(PromptSegment.template(human ? " " : "</s>"));
		}
		return segments;
	}

	/** All that was said, one after another. */
	private static String texts(List<JsonNode> records) {
		var all = new StringBuilder();
		for (var record : records) {
			for (var message : record.path("conversations")) {
				var text = message.path("value").asString();
				all.append(text.equals("Continue.") ? "" : text);
			}
		}
		return all.toString();
	}

}
