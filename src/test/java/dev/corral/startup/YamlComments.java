package dev.corral.startup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The values and comments of {@code application.yml}, by the whole names of their keys, as its text has them. */
final class YamlComments {

	private static final Pattern KEY = Pattern.compile("( *)([a-z0-9-]+):(?: (.*))?");

	private final Map<String, String> values = new HashMap<>();

	private final Map<String, String> comments = new HashMap<>();

	YamlComments(Path file) {
		var path = new ArrayDeque<String>();
		var comment = new ArrayList<String>();
		for (var line : lines(file)) {
			var key = KEY.matcher(line);
			if (line.strip().startsWith("#")) {
				comment.add(line.strip().substring(1));
			} else if (key.matches()) {
				while (path.size() > key.group(1).length() / 2) {
					path.removeLast();
				}
				path.addLast(key.group(2));
				var name = String.join(".", path);
				values.put(name, key.group(3) == null ? "" : key.group(3).strip());
				comments.put(name, prose(comment));
				comment.clear();
			} else {
				comment.clear();
			}
		}
	}

	/** Empty for a key without a value of its own. */
	String value(String name) {
		return values.getOrDefault(name, "");
	}

	/** What stands above the key, up to an example; empty without one. */
	String comment(String name) {
		return comments.getOrDefault(name, "");
	}

	private static String prose(List<String> comment) {
		return String.join(" ", comment.stream().takeWhile(line -> !line.startsWith("   ")).map(String::strip)
				.filter(line -> !line.startsWith("- ")).toList()).strip();
	}

	private static List<String> lines(Path file) {
		try {
			return Files.readAllLines(file);
		} catch (IOException unreadable) {
			throw new UncheckedIOException(unreadable);
		}
	}

}
