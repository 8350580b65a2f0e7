package dev.corral.grammar;

import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import dev.corral.inference.InvalidParameter;
import dev.corral.inference.OutputConstraint;
import dev.corral.inference.OutputConstraint.Call;
import dev.corral.inference.OutputConstraint.Freedom;
import dev.corral.inference.OutputConstraint.Opening;
import dev.corral.inference.OutputConstraint.ToolCalls;
import tools.jackson.databind.exc.JsonNodeException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class ToolCallConstraintTests {

	private static final int TOOLSETS = 150;

	private static final String ANY = "{\"type\": \"object\"}";

	private static final Pattern CALL = Pattern.compile("<(\\d)>(.*?)</\\1>;?", Pattern.DOTALL);

	private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

	@Test
	void everyRandomReplyIsOfValidCalls() {
		var random = new SplittableRandom(20261123);
		int judged = 0;
		for (int i = 0; i < TOOLSETS; i++) {
			var schemas = List.of(schema(random), schema(random));
			var grammar = compile(Freedom.CALLS_ONLY, 3, schemas, false);
			for (int reply = 0; reply < 4; reply++) {
				var text = Texts.random(grammar, random);
				if (text != null) {
					judged += judge(text, schemas);
				}
			}
		}

		assertThat(judged).isGreaterThan(TOOLSETS);
	}

	/** The calls of a reply, all valid. */
	private int judge(String text, List<String> schemas) {
		var calls = CALL.matcher(text);
		int count = 0;
		int end = 0;
		while (calls.find() && calls.start() == end) {
			var schema = schemas.get(Integer.parseInt(calls.group(1)));
			assertThat(problems(schema, calls.group(2))).as("%s%n%s", schema, text).isZero();
			end = calls.end();
			count++;
		}
		assertThat(end).as(text).isEqualTo(text.length());
		assertThat(count).isBetween(1, 3);
		return count;
	}

	/** The validator gives up on numbers beyond 64 bits; then nothing is judged. */
	private int problems(String schema, String arguments) {
		try {
			return registry.getSchema(schema, InputFormat.JSON).validate(arguments, InputFormat.JSON).size();
		} catch (JsonNodeException tooLarge) {
			return 0;
		}
	}

	/** Of objects, and such that can be honoured. */
	private static String schema(SplittableRandom random) {
		while (true) {
			var schema = RandomSchema.draw(random);
			if ("object".equals(schema.path("type").stringValue("")) && honoured(schema.toString())) {
				return schema.toString();
			}
		}
	}

	private static boolean honoured(String schema) {
		try {
			Texts.schema(schema);
			return true;
		} catch (InvalidParameter contradictory) {
			return false;
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
		CALLS_ONLY       | <0>{}</0>            | true
		CALLS_ONLY       | <0>{}</0>;<0>{}</0>  | true
		CALLS_ONLY       | Hello                | false
		CALLS_ONLY       | ~<0>{}</0>           | false
		CALLS_OR_TEXT    | <0>{}</0>            | true
		CALLS_OR_TEXT    | ~<0>{}</0>           | true
		CALLS_OR_TEXT    | Hello <0>            | true
		CALLS_OR_TEXT    | <0>Hello             | false
		CALLS_AFTER_TEXT | Hello                | true
		CALLS_AFTER_TEXT | Hello <0>{}</0>      | true
		CALLS_AFTER_TEXT | 1 < 0 <              | true
		CALLS_AFTER_TEXT | Hello <0>{           | false
		CALLS_AFTER_TEXT | Hello <0>Hello       | false
		CALLS_AFTER_TEXT | <0>{}</0> Hello      | false
		CALLS_AFTER_TEXT | é日本😀 <0>{"é": 1}</0> | true
		""")
	void takesTextAndCallsAsFarAsTheReplyIsFree(Freedom freedom, String reply, boolean taken) {
		var grammar = compile(freedom, 2, List.of(ANY), false);

		assertThat(Texts.accepts(grammar, reply)).isEqualTo(taken);
	}

	static Stream<Arguments> alternatives() {
		return Stream.of(arguments(new OutputConstraint.JsonObject(), " {\"a\": [1]}", "[1]"),
				arguments(new OutputConstraint.JsonSchema("{\"enum\": [\"<0>{}</0>\", 1]}"), "\"<0>{}</0>\"", "2"),
				arguments(new OutputConstraint.Regex("[a-c]{2}|<[0>!]+"), "<0>!", "abc"),
				arguments(new OutputConstraint.Choice(List.of("yes", "no")), "no", "ye"),
				arguments(new OutputConstraint.Grammar("root ::= item+\nitem ::= \"[\" item* \"]\""), "[[][]][]",
						"[]]"));
	}

	@ParameterizedTest
	@MethodSource("alternatives")
	void takesCallsOrWhatMayStandInTheirPlace(OutputConstraint otherwise, String allowed, String refused) {
		var grammar = compile(Freedom.CALLS_OR_TEXT, 2, List.of(ANY), true, otherwise);

		assertThat(Texts.accepts(grammar, allowed)).isTrue();
		assertThat(Texts.accepts(grammar, refused)).isFalse();
		assertThat(Texts.accepts(grammar, "<0>{}</0>;<0>{}</0>")).isTrue();
		assertThat(Texts.accepts(grammar, "Hello")).isFalse();
		assertThat(Texts.accepts(grammar, allowed + "<0>{}</0>")).isFalse();
		assertThat(Texts.accepts(grammar, "<0>{}</0>" + allowed)).isFalse();
	}

	@Test
	void namesWhatCannotStandInTheirPlace() {
		var otherwise = new OutputConstraint.JsonSchema("{\"multipleOf\": 2}");

		assertThatThrownBy(() -> compile(Freedom.CALLS_OR_TEXT, 1, List.of(ANY), true, otherwise))
				.isInstanceOf(InvalidParameter.class)
				.hasMessageStartingWith("'json_schema' is refused at #/multipleOf");
		assertThatThrownBy(() -> compile(Freedom.CALLS_ONLY, 1, List.of(ANY), true, otherwise))
				.isInstanceOf(IllegalArgumentException.class);
	}

	@Test
	void takesNoMoreCallsThanAllowed() {
		assertThat(Texts.accepts(compile(Freedom.CALLS_ONLY, 1, List.of(ANY), true), "<0>{}</0>;<0>{}</0>")).isFalse();
	}

	@Test
	void namesTheToolWhoseSchemaCannotBeHonoured() {
		var schemas = List.of(ANY, "{\"type\": \"object\", \"properties\": {\"a\": {\"multipleOf\": 2}}}");

		assertThatThrownBy(() -> compile(Freedom.CALLS_ONLY, 1, schemas, true)).isInstanceOf(InvalidParameter.class)
				.hasMessage(
						"'tools[1]' is refused at #/properties/a/multipleOf: the keyword multipleOf is not supported.");
	}

	@Test
	void namesTheToolWhoseArgumentsCanNeverBeComplete() {
		var schemas = List.of(ANY,
				"{\"type\": \"object\", \"required\": [\"a\"], \"properties\": {\"a\": {\"$ref\": \"#\"}}}");

		assertThatThrownBy(() -> compile(Freedom.CALLS_ONLY, 1, schemas, true))
				.hasMessageStartingWith("'tools[1]' is refused at #: it can never be completed");
	}

	@Test
	void takesAnyObjectForASchemaThatNeedNotBeHonoured() {
		var schemas = List.of("{\"type\": \"object\", \"properties\": {\"a\": {\"multipleOf\": 2}}}");
		var grammar = compile(Freedom.CALLS_AFTER_TEXT, 1, schemas, false);

		assertThat(Texts.accepts(grammar, "<0>{\"a\": 3}</0>")).isTrue();
		assertThat(Texts.accepts(grammar, "<0>[]</0>")).isFalse();
	}

	@Test
	void readsManyToolsWithinTheLimits() {
		var schemas = IntStream.range(0, 128)
				.mapToObj(
						"{\"type\": \"object\", \"properties\": {\"p%d\": {\"type\": \"string\", \"maxLength\": 40}}}"::formatted)
				.toList();

		assertThat(Texts.accepts(compile(Freedom.CALLS_ONLY, 32, schemas, true), "<77>{\"p77\": \"x\"}</77>")).isTrue();
	}

	private static Grammar compile(Freedom freedom, int mostCalls, List<String> schemas, boolean strict) {
		return compile(freedom, mostCalls, schemas, strict, null);
	}

	private static Grammar compile(Freedom freedom, int mostCalls, List<String> schemas, boolean strict,
			@Nullable OutputConstraint otherwise) {
		var calls = IntStream.range(0, schemas.size())
				.mapToObj(i -> new Call("tools[%d]".formatted(i), "<%d>".formatted(i), schemas.get(i),
						"</%d>".formatted(i), strict))
				.toList();
		var openings = List.of(new Opening("", "<0>"), new Opening("~", "~"));
		return Grammar.compile(new ToolCalls(openings, calls, ";", "", mostCalls, freedom, otherwise, List.of()),
				GrammarLimits.DEFAULTS);
	}

}
