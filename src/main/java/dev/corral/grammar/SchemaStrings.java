package dev.corral.grammar;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.InvalidParameter;

/** The strings that schemas allow, as automata over their characters. */
final class SchemaStrings {

	private static final Expression ANY_CHARACTER = new Expression.Characters(CodePointSet.ALL);

	private final Budget budget;

	private final Map<String, Dfa> patterns = new HashMap<>();

	private final Map<SchemaFacts, @Nullable Dfa> languages = new HashMap<>();

	SchemaStrings(Budget budget) {
		this.budget = budget;
	}

	/**
	 * The strings allowed.
	 *
	 * @return {@code null} if there is nothing but perhaps bounds of the length
	 * @throws InvalidParameter if a pattern or a format is malformed, not supported or too complex
	 */
	@Nullable
	Dfa language(SchemaFacts facts) {
		if (!languages.containsKey(facts)) {
			languages.put(facts, build(facts));
		}
		return languages.get(facts);
	}

	private @Nullable Dfa build(SchemaFacts facts) {
		Dfa language = null;
		for (var schema : facts.patterns()) {
			language = and(language, pattern(schema), schema.place());
			language = and(language, format(schema), schema.place());
		}
		if (language == null || (facts.minLength() == 0 && facts.maxLength() == Expression.UNBOUNDED)) {
			return language;
		}
		var place = facts.place();
		return and(language, DfaBuilder.matching(
				new Expression.Repeat(ANY_CHARACTER, facts.minLength(), facts.maxLength()), budget, place), place);
	}

	private @Nullable Dfa and(@Nullable Dfa a, @Nullable Dfa b, Place place) {
		if (a == null || b == null) {
			return a == null ? b : a;
		}
		return a.intersect(b, budget, place);
	}

	private @Nullable Dfa pattern(SchemaNode schema) {
		var pattern = schema.string("pattern");
		var place = schema.place("pattern");
		return pattern == null
				? null
				: patterns.computeIfAbsent("/" + pattern,
						_ -> DfaBuilder.containing(RegexParser.parse(pattern, budget, place), budget, place));
	}

	private @Nullable Dfa format(SchemaNode schema) {
		var format = schema.string("format");
		if (format == null) {
			return null;
		}
		var place = schema.place("format");
		var pattern = StringFormats.pattern(format);
		if (pattern == null) {
			throw place.problem("the format '%s' is not supported".formatted(format));
		}
		return patterns.computeIfAbsent(format,
				_ -> DfaBuilder.matching(RegexParser.parse(pattern, budget, place), budget, place));
	}

}
