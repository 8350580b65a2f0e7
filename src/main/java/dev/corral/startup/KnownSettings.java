package dev.corral.startup;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

import tools.jackson.databind.json.JsonMapper;

/** The names of all settings below {@code corral}, from the metadata that the build writes. Immutable. */
final class KnownSettings {

	private static final String METADATA = "META-INF/spring-configuration-metadata.json";

	private static final String ROOT = "corral.";

	/** As they are written. */
	private final Set<String> names = new TreeSet<>();

	/** In the form that compares equal whatever way they are written. */
	private final Set<String> uniform = new HashSet<>();

	/** Those with entries of their own names or numbers below them, in that form. */
	private final List<String> open = new ArrayList<>();

	KnownSettings(ClassLoader classes) {
		try {
			for (var resource : Collections.list(classes.getResources(METADATA))) {
				try (var stream = resource.openStream()) {
					read(stream);
				}
			}
		} catch (IOException unreadable) {
			throw new UncheckedIOException(unreadable);
		}
	}

	private void read(InputStream metadata) {
		for (var property : JsonMapper.shared().readTree(metadata).path("properties")) {
			var name = property.path("name").asString();
			if (name.startsWith(ROOT)) {
				var type = property.path("type").asString();
				names.add(name);
				uniform.add(uniform(name));
				if (type.startsWith("java.util.Map<") || type.startsWith("java.util.List<")) {
					open.add(uniform(name));
				}
			}
		}
	}

	/** Whether it is a setting, or an entry of one that has entries. */
	boolean contains(ConfigurationPropertyName name) {
		var asked = uniform(name);
		return names.isEmpty() || uniform.contains(asked)
				|| open.stream().anyMatch(prefix -> asked.startsWith(prefix) && below(name, prefix));
	}

	private static boolean below(ConfigurationPropertyName name, String prefix) {
		for (int elements = 1; elements < name.getNumberOfElements(); elements++) {
			if (uniform(name.chop(elements)).equals(prefix)) {
				return true;
			}
		}
		return false;
	}

	/** The name that was probably meant: one that differs in few characters, for its length. */
	Optional<String> nearest(ConfigurationPropertyName name) {
		var asked = uniform(name);
		return names.stream().filter(known -> distance(asked, uniform(known)) <= Math.max(2, asked.length() / 6))
				.min(Comparator.comparingInt(known -> distance(asked, uniform(known))));
	}

	/** Environment variables have underscores between words and between parts alike, so neither counts. */
	private static String uniform(ConfigurationPropertyName name) {
		var text = new StringBuilder();
		for (int element = 0; element < name.getNumberOfElements(); element++) {
			text.append(name.getElement(element, Form.UNIFORM));
		}
		return text.toString();
	}

	private static String uniform(String name) {
		return name.replaceAll("[.-]", "").toLowerCase(Locale.ROOT);
	}

	/** How many characters must be put in, taken out or changed to make one text of the other (Levenshtein). */
	static int distance(String one, String other) {
		var before = new int[other.length() + 1];
		for (int column = 0; column < before.length; column++) {
			before[column] = column;
		}
		for (int row = 1; row <= one.length(); row++) {
			var now = new int[before.length];
			now[0] = row;
			for (int column = 1; column < now.length; column++) {
				int changed = before[column - 1] + (one.charAt(row - 1) == other.charAt(column - 1) ? 0 : 1);
				now[column] = Math.min(changed, Math.min(before[column], now[column - 1]) + 1);
			}
			before = now;
		}
		return before[other.length()];
	}

}
