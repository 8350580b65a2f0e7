package dev.corral.catalog;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;

/**
 * Finds keys below {@code corral.models} that mean nothing. Binding skips them in silence, and with them a whole model whose
 * name has a dot and no brackets around it.
 */
final class UnknownKeys {

	private static final ConfigurationPropertyName MODELS = ConfigurationPropertyName.of("corral.models");

	/** In the form that compares equal whatever way they are written. */
	private static final Set<String> KNOWN = Set.of("file", "template", "contexttokens", "sequences",
			"cachetokens", "draft");

	private UnknownKeys() {
	}

	/**
	 * @throws ModelRefused if there is one
	 */
	static void check(Environment environment) {
		for (var source : ConfigurationPropertySources.get(environment)) {
			if (source instanceof IterableConfigurationPropertySource names) {
				names.stream().filter(MODELS::isAncestorOf).forEach(UnknownKeys::check);
			}
		}
	}

	private static void check(ConfigurationPropertyName name) {
		int depth = MODELS.getNumberOfElements();
		// Environment variables may write context-tokens as CONTEXT_TOKENS, which arrives in two elements.
		var key = IntStream.range(depth + 1, name.getNumberOfElements())
				.mapToObj(element -> name.getElement(element, Form.UNIFORM)).collect(Collectors.joining());
		if (!key.isEmpty() && !KNOWN.contains(key)) {
			var entry = name.subName(depth);
			throw new ModelRefused(
					"The property '%s' means nothing: a model has the keys file, template, context-tokens, sequences, cache-tokens and draft."
							.formatted(name),
					"Correct the key. If '%s' is the model's name, write it in brackets: corral.models[%s], in YAML \"[%s]\"."
							.formatted(entry, entry, entry));
		}
	}

}
