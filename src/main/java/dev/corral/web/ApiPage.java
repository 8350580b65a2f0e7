package dev.corral.web;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

import org.springframework.web.util.HtmlUtils;

import tools.jackson.databind.JsonNode;

/** The description of the APIs as one HTML page without scripts, so that it works offline and under the site's security policy. */
final class ApiPage {

	private static final String SCHEMAS = "#/components/schemas/";

	private final JsonNode document;

	private final StringBuilder html = new StringBuilder();

	ApiPage(JsonNode document) {
		this.document = document;
	}

	String html() {
		html.append(
				"""
					<!doctype html>
					<html lang="en">
					<head>
					<meta charset="utf-8">
					<meta name="viewport" content="width=device-width, initial-scale=1">
					<meta name="color-scheme" content="light dark">
					<title>Corral APIs</title>
					<link rel="stylesheet" href="/docs.css">
					</head>
					<body>
					<h1>Corral APIs</h1>
					<p>The same for programs: <a href="/openapi.json">openapi.json</a></p>
					""");
		for (var tag : document.path("tags")) {
			var name = tag.path("name").stringValue("");
			html.append(
					"<h2>%s</h2>%n<p>%s</p>%n".formatted(text(name), text(tag.path("description").stringValue(""))));
			document.path("paths").properties().forEach(path -> path.getValue().properties().stream()
					.filter(operation -> operation.getValue().path("tags").path(0).stringValue("").equals(name))
					.forEach(operation -> operation(path.getKey(), operation)));
		}
		html.append("<h2>Schemas</h2>\n");
		document.at("/components/schemas").properties().forEach(schema -> {
			html.append("<section id=\"%1$s\">%n<h3>%1$s</h3>%n".formatted(text(schema.getKey())));
			fields(schema.getValue());
			html.append("</section>\n");
		});
		return html.append("</body>\n</html>\n").toString();
	}

	private void operation(String path, Map.Entry<String, JsonNode> operation) {
		html.append("<section>%n<h3><code>%s %s</code></h3>%n<p>%s</p>%n".formatted(
				operation.getKey().toUpperCase(Locale.ROOT), text(path),
				text(operation.getValue().path("summary").stringValue(""))));
		var description = operation.getValue().path("description").stringValue("");
		if (!description.isEmpty()) {
			html.append("<p>%s</p>%n".formatted(text(description)));
		}
		html.append("<ul>\n");
		content("Takes", operation.getValue().path("requestBody"));
		operation.getValue().path("responses").properties().forEach(response -> {
			var reference = response.getValue().path("$ref").stringValue("");
			content(response.getKey().equals("default") ? "Answers errors" : "Answers " + response.getKey(),
					reference.isEmpty() ? response.getValue() : document.at(reference.substring(1)));
		});
		html.append("</ul>\n</section>\n");
	}

	private void content(String label, JsonNode message) {
		if (message.isMissingNode()) {
			return;
		}
		var types = new StringJoiner(" or ");
		message.path("content").properties()
				.forEach(type -> types.add(type(type.getValue().path("schema")) + " as " + text(type.getKey())));
		html.append("<li>%s: %s %s</li>%n".formatted(text(label), text(message.path("description").stringValue("")),
				types));
	}

	private void fields(JsonNode schema) {
		if (schema.path("properties").isEmpty() && !schema.has("allOf")) {
			html.append("<p>%s</p>%n".formatted(type(schema)));
			return;
		}
		html.append("<table>\n<tr><th>field</th><th>type</th><th>meaning</th></tr>\n");
		rows(schema, "");
		html.append("</table>\n");
	}

	private void rows(JsonNode schema, String prefix) {
		rows(schema, prefix, Set.of());
	}

	/** @param told names of fields that another schema, of which this is a part, says more about */
	private void rows(JsonNode schema, String prefix, Set<String> told) {
		var own = new HashSet<>(schema.path("properties").propertyNames());
		own.addAll(told);
		schema.path("allOf")
				.forEach(part -> rows(document.at(part.path("$ref").stringValue("").substring(1)), prefix, own));
		for (var property : schema.path("properties").properties()) {
			if (told.contains(property.getKey())) {
				continue;
			}
			var field = property.getValue();
			var meaning = field.path("x-ignored").asBoolean(false)
					? "Accepted and ignored"
					: field.path("description").stringValue("");
			html.append("<tr><td><code>%s</code></td><td>%s</td><td>%s</td></tr>%n".formatted(
					text(prefix + property.getKey()), type(field), text(meaning)));
			rows(field, prefix + property.getKey() + ".");
			rows(field.path("items"), prefix + property.getKey() + "[].");
		}
	}

	/** A type in words and its bounds, as HTML. */
	private static String type(JsonNode schema) {
		var reference = schema.path("$ref").stringValue("");
		if (!reference.isEmpty()) {
			var name = text(reference.substring(SCHEMAS.length()));
			return "<a href=\"#%1$s\">%1$s</a>".formatted(name);
		}
		var words = new StringJoiner(" ");
		if (schema.has("anyOf")) {
			var options = new StringJoiner(" or ");
			schema.path("anyOf").forEach(option -> options.add(type(option)));
			words.add(options.toString());
		}
		if (schema.path("type").isString()) {
			words.add(text(schema.path("type").stringValue()));
		} else if (schema.has("type")) {
			words.add(text(schema.path("type").toString()));
		}
		if (schema.has("items")) {
			words.add("of " + type(schema.path("items")));
		}
		for (var keyword : new String[]{"enum", "const", "minimum", "exclusiveMinimum", "maximum", "minLength",
				"maxLength", "minItems",
				"maxItems",
				"default"}) {
			if (schema.has(keyword)) {
				words.add("<small>%s %s</small>".formatted(keyword, text(schema.path(keyword).toString())));
			}
		}
		return words.toString();
	}

	private static String text(String text) {
		return HtmlUtils.htmlEscape(text);
	}

}
