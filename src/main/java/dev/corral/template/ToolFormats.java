package dev.corral.template;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The content of {@code tool-formats.yml}. */
record ToolFormats(List<ToolFormat> formats) {

	static final ToolFormats ALL = load();

	/** For models that were never trained to call tools. */
	static final ToolFormat PLAIN = ALL.named("plain");

	private static final String RESOURCE = "tool-formats.yml";

	/** Reads the resource; a field that is missing or unknown is an error of the build, not of its user. */
	private static ToolFormats load() {
		var mapper = YAMLMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
				.enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
				.enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES).build();
		try (var yaml = ToolFormats.class.getResourceAsStream(RESOURCE)) {
			if (yaml == null) {
				throw new IllegalStateException("The resource " + RESOURCE + " is missing.");
			}
			return mapper.readValue(yaml, ToolFormats.class);
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** @throws IllegalArgumentException if there is no such format */
	ToolFormat named(String name) {
		return formats.stream().filter(format -> format.name().equals(name)).findFirst()
				.orElseThrow(() -> new IllegalArgumentException("There is no tool format '%s'.".formatted(name)));
	}

	/** The first format in which a text has a call of this tool. */
	Optional<ToolFormat> in(String text, String tool) {
		return formats.stream().filter(format -> format != PLAIN && format.isIn(text, tool)).findFirst();
	}

}
