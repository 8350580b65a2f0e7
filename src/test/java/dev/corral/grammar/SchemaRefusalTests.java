package dev.corral.grammar;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.corral.inference.InvalidParameter;
import dev.corral.inference.OutputConstraint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SchemaRefusalTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
		{                                                 | it is no JSON, names a property twice or nests too deep (line 1, column 2)
		{"type": "string", "type": "null"}                | it is no JSON, names a property twice or nests too deep (line 1, column 28)
		5                                                 | at #: a schema must be an object or a boolean
		{"properties": {"a": []}}                         | at #/properties/a: a schema must be an object or a boolean
		{"type": "text"}                                  | at #/type: there is no type 'text'
		{"type": 5}                                       | at #/type: it must be a list of strings
		{"multipleOf": 2}                                 | at #/multipleOf: the keyword multipleOf is not supported
		{"properties": {"a/b": {"not": {}}}}              | at #/properties/a~1b/not: the keyword not is not supported
		{"properties": {"a": {"$id": "x"}}}               | at #/properties/a/$id: the keyword $id is not supported
		{"uniqueItems": true}                             | at #/uniqueItems: the keyword uniqueItems is not supported
		{"patternProperties": {}}                         | at #/patternProperties: the keyword patternProperties is not supported
		{"propertyNames": {}}                             | at #/propertyNames: the keyword propertyNames is not supported
		{"minProperties": 1}                              | at #/minProperties: the keyword minProperties is not supported
		{"if": {}}                                        | at #/if: the keyword if is not supported
		{"type": "string", "format": "email"}             | at #/format: the format 'email' is not supported
		{"type": "string", "pattern": "(?=a)"}            | at #/pattern, offset 0: look-around is not supported
		{"type": "string", "pattern": "a$b"}              | at #: no string has the pattern, format and length wanted
		{"type": "string", "pattern": "^a{3}$", "maxLength": 2} | at #: no string has the pattern, format and length wanted
		{"type": "string", "minLength": 5, "maxLength": 3} | at #: minLength 5 is above maxLength 3
		{"type": "string", "minLength": -1}               | at #/minLength: it must be a whole number of 0 or more, but is -1
		{"type": "string", "maxLength": "5"}              | at #/maxLength: it must be a number
		{"type": "string", "maxLength": 1e6}              | it needs more than 300000 states
		{"type": "number", "minimum": 5, "maximum": 3}    | at #: no number lies between the bounds 5 and 3
		{"type": "integer", "exclusiveMinimum": 1, "exclusiveMaximum": 2} | at #: no number lies between the bounds 1 and 2
		{"minimum": 1e999999999}                          | at #/minimum: numbers of more than 100 digits are not supported
		{"exclusiveMinimum": true}                        | at #/exclusiveMinimum: it must be a number
		{"type": "array", "minItems": 3, "maxItems": 2}   | at #: at least 3 items are wanted and at most 2 allowed
		{"type": "array", "minItems": 2, "prefixItems": [{}], "items": false} | at #: at least 2 items are wanted and at most 1 allowed
		{"items": [{}]}                                   | at #/items: a schema must be an object or a boolean
		{"enum": []}                                      | at #/enum: it must be a list of at least one value
		{"type": "string", "enum": [1, null]}             | at #: no listed value is allowed by the rest
		{"const": "abc", "maxLength": 2}                  | at #: no listed value is allowed by the rest
		{"enum": ["\\ud800"]}                              | at #: half a surrogate pair cannot be written in UTF-8
		{"enum": [[1]], "items": {}}                      | at #: listed arrays and objects are not supported beside keywords about what is in them
		{"type": "object", "properties": {"a": false}, "required": ["a"]} | at #: the property 'a' is required and forbidden
		{"type": "object", "additionalProperties": false, "required": ["b"]} | at #: the property 'b' is required and forbidden
		{"properties": {"a": {"type": "string", "const": 1}}} | at #/properties/a: no listed value is allowed by the rest
		{"allOf": [{"type": "string"}, {"type": "null"}]} | at #: no type is left
		false                                             | at #: false allows no value
		{"anyOf": [false, {"type": "null", "const": 1}]}  | at #: no listed value is allowed by the rest
		{"anyOf": []}                                     | at #/anyOf: it must be a list of at least one schema
		{"oneOf": [{"type": "integer"}, {"type": "number"}]} | at #/oneOf: branches 0 and 1 may overlap; tell them apart by type or by a constant in a required property, or use anyOf
		{"oneOf": [{"properties": {"k": {"const": 1}}}, {"properties": {"k": {"const": 2}}}]} | at #/oneOf: branches 0 and 1 may overlap; tell them apart by type or by a constant in a required property, or use anyOf
		{"$ref": "#"}                                     | at #: it refers to itself without anything in between
		{"$defs": {"a": {"anyOf": [{"$ref": "#/$defs/a"}, {}]}}, "$ref": "#/$defs/a"} | at #/$defs/a: it refers to itself without anything in between
		{"oneOf": [{"$ref": "#"}, {"type": "null"}]}      | at #/oneOf/0: it refers to itself without anything in between
		{"$ref": "#/$defs/a"}                             | at #/$ref: there is no #/$defs/a
		{"$ref": "https://example.com/a"}                 | at #/$ref: only references inside of the document, such as #/$defs/a, are supported
		{"$ref": "#/a%zz"}                                | at #/$ref: the reference is malformed
		{"type": "object", "required": ["a"], "properties": {"a": {"$ref": "#"}}} | at #: it can never be completed, for all its ways need it again or need nothing
		{"type": "object", "required": "a"}               | at #/required: it must be a list of strings
		""")
	void namesThePlaceOfWhatCannotBeHonoured(String schema, String problem) {
		assertRefused(schema, problem);
	}

	@Test
	void boundsWhatASchemaMayCost() {
		var large = "{\"title\": \"" + "x".repeat(200_000) + "\"}";
		var deep = "{\"items\":".repeat(200) + "{}" + "}".repeat(200);
		var pair = "{\"anyOf\": [{\"minimum\": 1}, {\"maximum\": 2}]}";
		var wide = "{\"allOf\": [%s]}"
				.formatted(IntStream.range(0, 30).mapToObj(_ -> pair).collect(Collectors.joining(",")));
		var many = IntStream.range(0, 50).mapToObj("\"%d\": {\"const\": 1}"::formatted)
				.collect(Collectors.joining(","));
		var names = IntStream.range(0, 2_000).mapToObj("\"%d\": true"::formatted).collect(Collectors.joining(","));
		var fewRules = new GrammarLimits(10_000, 64, 40, 10_000, 10_000, 10_000);

		assertRefused(large, "it may have 200000 characters, but has 200013");
		assertThatExceptionOfType(InvalidParameter.class).isThrownBy(() -> Texts.schema(deep))
				.withMessageContaining("nests too deep");
		assertRefused(wide, "at #: anyOf, oneOf and allOf combine in more than 1000 ways");
		assertThatExceptionOfType(InvalidParameter.class).isThrownBy(
				() -> Grammar.compile(new OutputConstraint.JsonSchema("{\"properties\": {%s}}".formatted(many)),
						fewRules))
				.withMessageContaining("there are more than 40 rules");
		assertThatExceptionOfType(InvalidParameter.class)
				.isThrownBy(() -> Texts.schema("{\"allOf\": [%s{}], \"required\": [\"a\"], \"properties\": {%s}}"
						.formatted("{},".repeat(20_000), names)))
				.withMessageContaining("it is too complex: compiling it takes more than 10000000 steps");
		assertRefused("{\"type\": \"string\", \"pattern\": \"^(a|b)*a(a|b){20}$\"}",
				"at #/pattern: it needs more than 20000 states");
	}

	private static void assertRefused(String schema, String problem) {
		assertThatExceptionOfType(InvalidParameter.class).isThrownBy(() -> Texts.schema(schema))
				.withMessage("'json_schema' is refused%s%s.".formatted(problem.startsWith("at ") ? " " : ": ", problem))
				.satisfies(refusal -> assertThat(refusal.parameter()).isEqualTo("json_schema"));
	}

}
