package dev.corral.startup;

import java.util.List;

/**
 * A setting as the reference shows it.
 *
 * @param name whole, with {@code <name>} and {@code []} where entries are named and counted
 * @param type what its values are, with their unit and range
 * @param standard the value without any configuration, empty if there is none
 * @param description from the Javadoc of its record
 * @param reason the comment in {@code application.yml}, which says more; empty if there is none
 */
record DocumentedSetting(String name, String type, String standard, String description, String reason) {

	String row() {
		var meaning = reason.isEmpty() ? description : reason;
		return "| %s |".formatted(String.join(" | ", List.of("`" + name + "`", cell(type),
				standard.isEmpty() ? "" : "`" + cell(standard) + "`", cell(meaning))));
	}

	/** What it is a part of, as the document groups them. */
	String group() {
		var parts = name.split("\\.", 3);
		return parts.length < 3 && !name.contains("<") ? parts[parts.length - 1] : parts[1];
	}

	private static String cell(String text) {
		return text.replace("|", "\\|");
	}

}
