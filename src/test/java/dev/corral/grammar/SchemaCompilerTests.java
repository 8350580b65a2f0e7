package dev.corral.grammar;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.corral.inference.OutputConstraint;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class SchemaCompilerTests {

	private static final String PERSON = """
		{"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "person", "title": "A person", "type": "object",
		"required": ["name", "age"], "additionalProperties": false, "properties": {"name": {"type": "string"},
		"age": {"type": "integer", "minimum": 0}, "tags": {"type": "array", "items": {"enum": ["a", "b"]}},
		"home": {"$ref": "#/$defs/place"}}, "$defs": {"place": {"type": "object", "properties": {"x": {"type": "number"}}}}}""";

	private static final String TREE = """
		{"$ref": "#/$defs/n", "$defs": {"n": {"type": "object", "required": ["v"], "properties": {"v": {"type": "integer"},
		"next": {"anyOf": [{"$ref": "#/$defs/n"}, {"type": "null"}]}}}}}""";

	private static final String SHAPE = """
		{"oneOf": [{"type": "object", "required": ["kind"], "properties": {"kind": {"const": "circle"}, "r": {"type": "number"}}},
		{"type": "object", "required": ["kind"], "properties": {"kind": {"const": "square"}, "side": {"type": "number"}}},
		{"type": "string"}]}""";

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
		true                                     | {"a":[1,-2.5,3e10,"x",null,true,{}],"b":[],"é\\n":{"c":{}}}
		{"type": "string"}                       | "a\\"\\\\\\b\\f\\n\\r\\t\\u0001é日😀/"
		{"type": "string", "pattern": "a.c"}     | "xxabcxx"
		{"type": "string", "pattern": "^\\"\\\\t$"} | "\\"\\t"
		{"type": "string", "maxLength": 2}       | "😀é"
		{"type": "string", "format": "date"}     | "2024-02-29"
		{"type": "string", "format": "date-time"} | "2026-11-23T10:00:00.123Z"
		{"type": "string", "format": "time"}     | "23:59:59+01:00"
		{"type": "string", "format": "uuid"}     | "123e4567-e89b-12d3-a456-426614174000"
		{"type": "integer"}                      | -9223372036854775808
		{"type": "number"}                       | 1.7976931348623157E-30
		{"type": ["integer", "null"]}            | null
		{"minimum": 5}                           | "numbers must be large, other values may be anything"
		{"enum": [1, "a", null, {"x": [1, 2], "y": {}}]} | {"x":[1,2],"y":{}}
		{"const": [1.50]}                        | [1.5]
		{"type": "array", "prefixItems": [{"type": "integer"}, {"type": "string"}]} | [1,"a",{},[]]
		{"type": "array", "prefixItems": [{"type": "integer"}], "items": false} | [1]
		{"type": "array", "prefixItems": [{"type": "integer"}], "items": false} | []
		{"type": "array", "items": {"type": "boolean"}, "minItems": 2, "maxItems": 3} | [true,false,true]
		{"type": "object", "additionalProperties": {"type": "integer"}} | {"x":1,"y":2}
		{"type": "object", "properties": {"a": false, "b": {}}} | {"b":1,"c":2}
		{"type": "object", "properties": {"a": {"type": "null"}}} | {"A":1,"aa":2,"":3}
		{"type": "object", "required": ["z"], "properties": {"a": {}}} | {"z":1}
		{"allOf": [{"type": "object", "properties": {"a": {"minimum": 3}}}, {"properties": {"a": {"maximum": 4}}, "required": ["a"]}]} | {"a":3.5}
		{"type": "integer", "anyOf": [{"minimum": 10}, {"maximum": -10}]} | -10
		{"type": "string", "x-order": 1, "uniqueItems": false, "default": 5} | ""
		""")
	void takesWhatJacksonWrites(String schema, String value) {
		assertTaken(schema, value);
	}

	@Test
	void takesDocumentsOfRealisticSchemas() {
		assertTaken(PERSON, "{\"name\":\"Ann\",\"age\":40,\"tags\":[\"a\",\"b\"],\"home\":{\"x\":1.5,\"more\":[1]}}");
		assertTaken(PERSON, "{\"name\":\"\",\"age\":0}");
		assertTaken(TREE, "{\"v\":1,\"next\":{\"v\":2,\"next\":{\"v\":3,\"next\":null}}}");
		assertTaken(SHAPE, "{\"kind\":\"square\",\"side\":2}");
		assertTaken(SHAPE, "\"none\"");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
		{"type": "string"}                       | "\\ud800"
		{"type": "string"}                       | "\\ud800\\u0041"
		{"type": "string", "maxLength": 2}       | "abc"
		{"type": "string", "minLength": 2}       | "\\ud83d\\ude00"
		{"type": "string", "format": "date"}     | "2023-02-29"
		{"type": "string", "format": "date"}     | "1900-02-29"
		{"type": "string", "format": "time"}     | "24:00:00Z"
		{"type": "string", "pattern": "^a"}      | "ba"
		{"type": "integer"}                      | 1.5
		{"type": "integer"}                      | 01
		{"type": "number"}                       | 1.
		{"type": "number"}                       | .5
		{"type": "number", "exclusiveMinimum": 1} | 1.0
		{"type": "number", "maximum": 9.95}      | 9.951
		{"type": "boolean"}                      | null
		{"enum": ["a", "ab"]}                    | "abc"
		{"type": "array", "prefixItems": [{"type": "integer"}], "items": false} | [1,2]
		{"type": "array", "minItems": 1}         | []
		{"type": "object", "properties": {"a": {"type": "null"}}} | {"a":1}
		{"type": "object", "properties": {"a": {"type": "null"}}} | {"\\u0061":1}
		{"type": "object", "properties": {"a": false}} | {"a":1}
		{"type": "object", "required": ["a"]}    | {"b":1}
		{"type": "object", "additionalProperties": false} | {"b":1}
		true                                     | [1,]
		true                                     | {"a":1,}
		true                                     | {"a" 1}
		true                                     | [1
		""")
	void refusesOtherDocuments(String schema, String text) {
		assertThat(Texts.accepts(Texts.schema(schema), text)).isFalse();
	}

	@Test
	void boundsRunsOfWhiteSpace() {
		var grammar = Texts.schema("true");

		assertThat(Texts.accepts(grammar, "[\r\n\t\t1,\n    2 ]")).isTrue();
		assertThat(Texts.accepts(grammar, "[  1]")).isFalse();
		assertThat(Texts.accepts(grammar, "[\n\n1]")).isFalse();
		assertThat(Texts.accepts(grammar, "[\n" + " ".repeat(41) + "1]")).isFalse();
		assertThat(Texts.accepts(grammar, "1 ")).isFalse();
	}

	@Test
	void boundsDigits() {
		assertThat(Texts.accepts(Texts.schema("{\"type\": \"integer\"}"), "9".repeat(20))).isTrue();
		assertThat(Texts.accepts(Texts.schema("{\"type\": \"integer\"}"), "9".repeat(21))).isFalse();
		assertThat(Texts.accepts(Texts.schema("{\"type\": \"number\"}"), "9.9e299")).isTrue();
		assertThat(Texts.accepts(Texts.schema("{\"type\": \"number\"}"), "99e299")).isFalse();
	}

	@Test
	void endsWithTheValue() {
		var matcher = Texts.matcher(Texts.schema("{\"type\": \"object\"}"));

		assertThat(Texts.take(matcher, "{}")).isTrue();

		assertThat(matcher.mustEnd()).isTrue();
	}

	@Test
	void takesAnyObjectWithoutASchema() {
		var grammar = Grammar.compile(new OutputConstraint.JsonObject(), GrammarLimits.DEFAULTS);

		assertThat(Stream.of("{}", " {\"a\": [1, {\"b\": null}]}", "\n{ }"))
				.allMatch(text -> Texts.accepts(grammar, text));
		assertThat(Stream.of("[]", "1", "{", "{}{}")).noneMatch(text -> Texts.accepts(grammar, text));
	}

	@Test
	void keepsReadingWhereNestingIsDeep() {
		assertThat(Texts.accepts(Texts.schema("true"), "[".repeat(2_000) + "]".repeat(2_000))).isTrue();
	}

	@Test
	void followsLongChainsOfReferences() {
		var definitions = IntStream.range(0, 5_000)
				.mapToObj(i -> "\"%d\": {\"$ref\": \"#/$defs/%d\"}, ".formatted(i, i + 1))
				.collect(Collectors.joining());

		var grammar = Texts
				.schema("{\"$ref\": \"#/$defs/0\", \"$defs\": {%s\"5000\": {\"const\": 1}}}".formatted(definitions));

		assertThat(Texts.accepts(grammar, "1")).isTrue();
	}

	@Test
	void forcesWhatTheSchemaLeavesNoChoiceAbout() {
		var matcher = Texts.matcher(Texts
				.schema("""
					{"type": "object", "required": ["name"], "additionalProperties": false, "properties": {"name": {"const": 5}}}"""));
		Texts.take(matcher, "{\"");

		var forced = matcher.forced();

		assertThat(forced).isNotEmpty();
		for (int token : forced) {
			matcher.accept(token);
		}
		assertThat(Texts.take(matcher, "\":5}")).isTrue();
	}

	/** As Jackson writes it: compact, with a space after each sign, and pretty. */
	private static void assertTaken(String schema, String value) {
		var grammar = Texts.schema(schema);
		var json = JsonMapper.builder().build().readTree(value);
		var pretty = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
		var spaced = json.toString().replaceAll("(\":|,)(?=[\\[{\"0-9tfn-])", "$1 ");

		assertThat(json.toString()).matches(text -> Texts.accepts(grammar, text), "accepted under " + schema);
		assertThat(pretty.writeValueAsString(json)).matches(text -> Texts.accepts(grammar, text),
				"accepted under " + schema);
		assertThat(spaced).matches(text -> Texts.accepts(grammar, text), "accepted under " + schema);
	}

}
