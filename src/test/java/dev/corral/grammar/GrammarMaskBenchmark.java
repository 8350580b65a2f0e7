package dev.corral.grammar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.corral.inference.OutputConstraint;

/**
 * What a constraint costs per token, with {@link SyntheticVocabulary}: compiling it, masking the tokens at each step of the first reply
 * under it, and of a reply that goes where others have been. Run with {@code mvn -Pbenchmark test -Dtest=GrammarMaskBenchmark}.
 */
@Tag("benchmark")
class GrammarMaskBenchmark {

	private static final GrammarVocabulary VOCABULARY = SyntheticVocabulary.create();

	private static final int WARM_UP = 30;

	private static final int REPLIES = 30;

	private static final int MAX_TOKENS = 200;

	static List<Case> constraints() {
		return List.of(new Case("any JSON object", new OutputConstraint.JsonObject()), schema("flat object",
				"""
					{"type": "object", "additionalProperties": false, "required": ["name", "age", "email"], "properties": {
					"name": {"type": "string", "minLength": 1}, "age": {"type": "integer", "minimum": 0, "maximum": 150},
					"email": {"type": "string", "pattern": "^[^@ ]+@[a-z0-9.-]+[.][a-z]{2,}$"}, "active": {"type": "boolean"}}}"""),
				schema("nested, enums, dates",
						"""
							{"type": "object", "additionalProperties": false, "required": ["id", "lines"], "properties": {
							"id": {"type": "string", "format": "uuid"}, "placed": {"type": "string", "format": "date-time"},
							"state": {"enum": ["open", "paid", "shipped", "cancelled"]},
							"lines": {"type": "array", "minItems": 1, "maxItems": 20, "items": {"type": "object",
							"additionalProperties": false, "required": ["article", "price"], "properties": {
							"article": {"type": "string", "maxLength": 80}, "price": {"type": "number", "minimum": 0, "maximum": 99999.99},
							"tags": {"type": "array", "items": {"enum": ["new", "sale", "heavy", "fragile"]}}}}}}}"""),
				schema("text of up to 2000 characters", """
					{"type": "object", "additionalProperties": false, "required": ["text"], "properties": {
					"text": {"type": "string", "minLength": 400, "maxLength": 2000}}}"""),
				schema("recursive tree",
						"""
							{"$ref": "#/$defs/node", "$defs": {"node": {"type": "object", "additionalProperties": false,
							"required": ["kind", "label"], "properties": {"kind": {"enum": ["leaf", "inner"]}, "label": {"type": "string"},
							"children": {"type": "array", "items": {"$ref": "#/$defs/node"}}}}}}"""),
				new Case("regex: lines of a log", new OutputConstraint.Regex(
						"(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d (INFO|WARN|ERROR) [\\w.]+ - .{1,60}\\n){1,5}")),
				new Case("GBNF: arithmetic", new OutputConstraint.Grammar("""
					root ::= sum "\\n"
					sum ::= product (ws [-+] ws product)*
					product ::= factor (ws [*/] ws factor)*
					factor ::= [0-9]+ ("." [0-9]+)? | [a-z]+ | "(" ws sum ws ")"
					ws ::= " "?
					""")));
	}

	private static Case schema(String name, String schema) {
		return new Case(name, new OutputConstraint.JsonSchema(schema));
	}

	@ParameterizedTest
	@MethodSource("constraints")
	void measuresCompilingAndMasking(Case constraint) {
		var compiling = new ArrayList<Long>();
		var fresh = new ArrayList<Long>();
		var warm = new ArrayList<Long>();
		var accepting = new ArrayList<Long>();
		for (int reply = -WARM_UP; reply < REPLIES; reply++) {
			if (reply == 0) {
				List.of(compiling, fresh, warm, accepting).forEach(List::clear);
			}
			long begin = System.nanoTime();
			var grammar = Grammar.compile(constraint.constraint, GrammarLimits.DEFAULTS);
			compiling.add(System.nanoTime() - begin);
			reply(grammar, reply, fresh, new ArrayList<>());
			reply(grammar, reply, warm, accepting);
		}
		System.out.printf("| %s | %.1f | %s | %s | %.1f |%n", constraint.name, mean(compiling) / 1e6, row(fresh),
				row(warm),
				mean(accepting) / 1e3);
	}

	private static void reply(Grammar grammar, int seed, List<Long> masking, List<Long> accepting) {
		var random = new SplittableRandom(seed);
		var matcher = new GrammarMatcher(grammar, VOCABULARY);
		var logits = new float[VOCABULARY.size()];
		for (int count = 0; count < MAX_TOKENS; count++) {
			for (int i = 0; i < logits.length; i++) {
				logits[i] = (float) random.nextDouble();
			}
			long begin = System.nanoTime();
			matcher.apply(logits);
			masking.add(System.nanoTime() - begin);
			// A token at random would hardly ever close a string.
			int quote = '"' + 3;
			int token = random.nextInt(8) == 0 && logits[quote] >= 0 ? quote : best(logits);
			if (token == SyntheticVocabulary.END_OF_GENERATION) {
				return;
			}
			begin = System.nanoTime();
			matcher.accept(token);
			accepting.add(System.nanoTime() - begin);
		}
	}

	private static int best(float[] logits) {
		int best = 0;
		for (int i = 1; i < logits.length; i++) {
			best = logits[i] > logits[best] ? i : best;
		}
		return best;
	}

	private static String row(List<Long> nanos) {
		var sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
		return "%.3f | %.3f | %.3f".formatted(Arrays.stream(sorted).average().orElse(0) / 1e6,
				sorted[(int) (sorted.length * 0.99)] / 1e6, sorted[sorted.length - 1] / 1e6);
	}

	private static double mean(List<Long> nanos) {
		return nanos.stream().mapToLong(Long::longValue).average().orElse(0);
	}

	record Case(String name, OutputConstraint constraint) {

		@Override
		public String toString() {
			return name;
		}

	}

}
