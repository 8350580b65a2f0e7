package dev.corral.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The description of all HTTP APIs as OpenAPI 3.1 (spec.openapis.org/oas/v3.1). Each module that serves one describes it in a file
 * {@code openapi.yml} beside its classes; here they become one document.
 */
@Component
public final class ApiDescription {

	private static final String PARTS = "classpath*:dev/corral/*/openapi.yml";

	private final ObjectNode document;

	ApiDescription() throws IOException {
		var mapper = YAMLMapper.builder().build();
		document = mapper.createObjectNode().put("openapi", "3.1.0");
		document.putObject("info").put("title", "Corral").put("version", "1").put("description",
				"Chats with the models that this server runs.");
		document.putArray("tags");
		document.putObject("paths");
		document.putObject("components");
		var parts = new PathMatchingResourcePatternResolver().getResources(PARTS);
		Arrays.sort(parts, Comparator.comparing(ApiDescription::url));
		for (var part : parts) {
			try (var content = part.getInputStream()) {
				merge(document, mapper.readTree(content), part);
			}
		}
	}

	/** The whole document; not to be changed. */
	public JsonNode document() {
		return document;
	}

	/** Objects are merged, lists appended. Two files that describe the same thing differently would each be half right. */
	private static void merge(ObjectNode into, JsonNode part, Resource source) {
		for (var entry : part.properties()) {
			var known = into.get(entry.getKey());
			switch (known) {
				case null -> into.set(entry.getKey(), entry.getValue());
				case ObjectNode object -> merge(object, entry.getValue(), source);
				case ArrayNode list -> entry.getValue().forEach(list::add);
				default -> throw new IllegalStateException(
						"%s describes '%s' a second time".formatted(source, entry.getKey()));
			}
		}
	}

	private static String url(Resource part) {
		try {
			return part.getURL().toString();
		} catch (IOException unreadable) {
			throw new UncheckedIOException(unreadable);
		}
	}

}
