package dev.corral.generation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.corral.generation.ToolCallReader.Part;
import dev.corral.template.ToolFormatsOfTests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class ToolCallReaderTests {

	private static final long SEED = 20261123;

	private static final String WEATHER = "{\"city\": \"}]\\\"{\\\\\", \"days\": [1, {}]}";

	/** Format, reply, and what it means: text as it is, calls as {@code @tool arguments;}. */
	static Stream<Arguments> replies() {
		return Stream.of(
				arguments("hermes",
						"<tool_call>\n{\"name\": \"weather\", \"arguments\": " + WEATHER + "}\n</tool_call>",
						"@weather " + WEATHER + ";"),
				arguments("hermes",
						"Let me see.\n\n<tool_call>{\"name\":\"time\",\"arguments\":{}}</tool_call>\n"
								+ "<tool_call>\n{\"name\": \"weather\", \"arguments\": {\"a\": 1}}\n</tool_call>\n",
						"Let me see.@time {};@weather {\"a\": 1};"),
				arguments("hermes", "a <tool_call> b <tool_call>\n{\"name\": \"unknown\", \"arguments\": {}} ",
						"a <tool_call> b <tool_call>\n{\"name\": \"unknown\", \"arguments\": {}} "),
				arguments("hermes", "1 < 2 <tool", "1 < 2 <tool"),
				arguments("hermes", "<<tool_call>{\"name\":\"time\",\"arguments\":{}}</tool_call> Bye ",
						"<@time {}; Bye "),
				arguments("hermes", " \n ", " \n "),
				arguments("llama-3", "{\"name\": \"weather\", \"parameters\": " + WEATHER + "}",
						"@weather " + WEATHER + ";"),
				arguments("llama-3", "\n\n<|python_tag|>{\"name\": \"time\", \"parameters\": {}}", "@time {};"),
				arguments("llama-3", "So: {\"name\": \"time\", \"parameters\": {}}",
						"So: {\"name\": \"time\", \"parameters\": {}}"),
				arguments("llama-3", "{\"name\": \"Ada\", \"age\": 3}", "{\"name\": \"Ada\", \"age\": 3}"),
				arguments("mistral",
						"[TOOL_CALLS] [{\"name\": \"weather\", \"arguments\": {\"b\": \"]\"}}, {\"name\": \"time\", \"arguments\": {}}]",
						"@weather {\"b\": \"]\"};@time {};"),
				arguments("mistral", "Yes [TOOL_CALLS][{\"name\":\"time\",\"arguments\":{}}] no", "Yes@time {}; no"),
				arguments("mistral-v11", "[TOOL_CALLS]weather[ARGS]{\"a\": 1}[TOOL_CALLS]time[ARGS]{}",
						"@weather {\"a\": 1};@time {};"),
				arguments("function-tag", "<function=weather>{\"a\": 1}</function>\n<function=time>{}</function>",
						"@weather {\"a\": 1};@time {};"),
				arguments("plain", "<tool_call>{\"name\": \"time\", \"arguments\": {}}</tool_call>", "@time {};"));
	}

	@ParameterizedTest
	@MethodSource("replies")
	void findsTheSameWhereverTheReplyIsCut(String format, String reply, String meaning) {
		assertThat(meaning(format, List.of(reply))).isEqualTo(meaning);
		assertThat(meaning(format, reply.chars().mapToObj(Character::toString).toList())).isEqualTo(meaning);
		for (int cut = 1; cut < reply.length(); cut++) {
			assertThat(meaning(format, List.of(reply.substring(0, cut), reply.substring(cut)))).as("cut at %d", cut)
					.isEqualTo(meaning);
		}
		var random = new SplittableRandom(SEED);
		for (int i = 0; i < 200; i++) {
			var pieces = pieces(reply, random);
			assertThat(meaning(format, pieces)).as("%s, seed %d", pieces, SEED).isEqualTo(meaning);
		}
	}

	@Test
	void tellsArgumentsAsTheyCome() {
		var reader = reader("hermes");

		reader.append("<tool_call>\n{\"name\": \"weather\", \"arguments\": {\"ci");

		assertThat(reader.append("ty\": \"Ro")).containsExactly(new Part.Arguments("ty\": \"Ro"));
	}

	@Test
	void holdsNothingBackThatCanBeNoCall() {
		var reader = reader("hermes");

		assertThat(reader.append("Is 1 <")).containsExactly(new Part.Text("Is 1"));
		assertThat(reader.append(" 2?")).containsExactly(new Part.Text(" < 2?"));
	}

	@Test
	void keepsWhatWasCutOffInsideOfArguments() {
		var reader = reader("hermes");
		var parts = new ArrayList<>(reader.append("<tool_call>{\"name\": \"weather\", \"arguments\": {\"city\": \"Ro"));

		parts.addAll(reader.end(true));

		assertThat(parts).containsExactly(new Part.Call("weather"), new Part.Arguments("{\"city\": \"Ro"));
	}

	@Test
	void dropsHalfACallThatTheLimitCutOffBeforeItsArguments() {
		var reader = reader("hermes");
		var parts = new ArrayList<>(reader.append("Well. <tool_call>{\"name\": \"wea"));

		parts.addAll(reader.end(true));

		assertThat(parts).containsExactly(new Part.Text("Well."));
	}

	@Test
	void tellsHalfACallAsTextIfTheModelLeftItAtThat() {
		var reader = reader("hermes");
		var parts = new ArrayList<>(reader.append("<tool_call>{\"name\": \"wea"));

		parts.addAll(reader.end(false));

		assertThat(parts).containsExactly(new Part.Text("<tool_call>{\"name\": \"wea"));
	}

	@Test
	void readsThousandsOfCallsInOnePiece() {
		var call = "<tool_call>{\"name\": \"time\", \"arguments\": {}}</tool_call>";

		var parts = reader("hermes").append(call.repeat(5_000));

		assertThat(parts).filteredOn(Part.Call.class::isInstance).hasSize(5_000);
	}

	@Test
	void holdsBackNoMoreThanABeginningOfACallCanHave() {
		var reader = reader("hermes");

		var parts = reader.append("<tool_call>" + " ".repeat(1_000));

		assertThat(parts).containsExactly(new Part.Text("<tool_call>"));
	}

	private static List<String> pieces(String text, SplittableRandom random) {
		var pieces = new ArrayList<String>();
		for (int at = 0; at < text.length();) {
			int next = Math.min(text.length(), at + 1 + random.nextInt(12));
			pieces.add(text.substring(at, next));
			at = next;
		}
		return pieces;
	}

	private static String meaning(String format, List<String> pieces) {
		var reader = reader(format);
		var parts = new ArrayList<Part>();
		pieces.forEach(piece -> parts.addAll(reader.append(piece)));
		parts.addAll(reader.end(false));
		var meaning = new StringBuilder();
		boolean call = false;
		for (var part : parts) {
			if (call && !(part instanceof Part.Arguments)) {
				meaning.append(';');
			}
			call = !(part instanceof Part.Text);
			switch (part) {
				case Part.Text text -> meaning.append(text.text());
				case Part.Call begun -> meaning.append('@').append(begun.tool()).append(' ');
				case Part.Arguments arguments -> meaning.append(arguments.json());
			}
		}
		return call ? meaning + ";" : meaning.toString();
	}

	private static ToolCallReader reader(String format) {
		return new ToolCallReader(ToolFormatsOfTests.named(format), Set.of("weather", "time"));
	}

}
