package dev.corral.template;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The content of {@code families.yml}.
 *
 * @param names which family a model's name tells, the first match counts
 * @param fallback the family of all other names
 */
record FamilyCatalog(List<TemplateFamily> families, List<NameHint> names, String fallback) {

	private static final String RESOURCE = "families.yml";

	/**
	 * @param words all of them occur in the name
	 */
	record NameHint(List<String> words, String family) {

		private boolean matches(String name) {
			return words.stream().allMatch(name::contains);
		}

	}

	/** Reads the resource; a field that is missing or unknown is an error of the build, not of its user. */
	static FamilyCatalog load() {
		var mapper = YAMLMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
				.enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
				.enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES).build();
		try (var yaml = FamilyCatalog.class.getResourceAsStream(RESOURCE)) {
			if (yaml == null) {
				throw new IllegalStateException("The resource " + RESOURCE + " is missing.");
			}
			return mapper.readValue(yaml, FamilyCatalog.class);
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** The family that the model's name tells, or else its architecture, or else the fallback. */
	String familyOf(String modelName, String architecture) {
		return Stream.of(modelName, architecture).flatMap(this::hintedBy).findFirst().orElse(fallback);
	}

	private Stream<String> hintedBy(String text) {
		String name = "-" + text.toLowerCase(Locale.ROOT).replace(' ', '-').replace('_', '-') + "-";
		return names.stream().filter(hint -> hint.matches(name)).map(NameHint::family);
	}

}
