package dev.corral.startup;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.origin.Origin;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/** Says in one message which setting of Corral has a value that it must not have, and what it may have. Other settings are Spring Boot's to explain. */
@Order(Ordered.HIGHEST_PRECEDENCE)
class RefusedSettingAnalyzer extends AbstractFailureAnalyzer<BindException> {

	private static final ConfigurationPropertyName CORRAL = ConfigurationPropertyName.of("corral");

	/** Their values belong in no log. */
	private static final Pattern SECRET = Pattern.compile(".*(key|hash|password|secret)");

	private static final String REMEDY = "Correct it. docs/configuration.md has every setting with what it may be.";

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException failure) {
		var name = failure.getName();
		if (!CORRAL.equals(name) && !CORRAL.isAncestorOf(name)) {
			return null;
		}
		return new FailureAnalysis(problem(failure), REMEDY, failure);
	}

	private static String problem(BindException failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			switch (cause) {
				case BindValidationException invalid -> {
					return invalid.getValidationErrors().getAllErrors().stream()
							.map(error -> sentence(invalid.getValidationErrors().getName(), error))
							.collect(Collectors.joining(" "));
				}
				case ConversionFailedException unreadable -> {
					return "The setting %s must be %s.".formatted(
							named(failure.getName().toString(), unreadable.getValue(), origin(failure)),
							allowed(unreadable.getTargetType().getType()));
				}
				default -> {
				}
			}
		}
		var root = root(failure);
		var message = root.getMessage();
		if (failure.getProperty() == null && message != null) {
			// The record's own check, which names its settings.
			return message.endsWith(".") ? message : message + ".";
		}
		var property = failure.getProperty();
		return "The setting %s cannot be used: %s".formatted(named(failure.getName().toString(),
				property == null ? null : property.getValue(), origin(failure)), message);
	}

	private static String sentence(ConfigurationPropertyName prefix, ObjectError error) {
		if (!(error instanceof FieldError field)) {
			return "The settings %s are refused: %s.".formatted(prefix, error.getDefaultMessage());
		}
		var name = prefix + "." + kebab(field.getField());
		return "The setting %s %s.".formatted(named(name, field.getRejectedValue(), Origin.from(field)),
				field.getDefaultMessage());
	}

	private static String named(String name, @Nullable Object value, @Nullable Origin origin) {
		var shown = value == null
				? " has no value and"
				: SECRET.matcher(name).matches() ? " has a value that" : " is '%s' and".formatted(value);
		return name + (origin == null ? "" : " (" + origin + ")") + shown;
	}

	private static @Nullable Origin origin(BindException failure) {
		return Origin.from(failure.getProperty());
	}

	private static String allowed(Class<?> type) {
		if (type.isEnum()) {
			return "one of " + Arrays.stream(type.getEnumConstants())
					.map(constant -> constant.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
					.collect(Collectors.joining(", "));
		}
		return switch (type.getSimpleName()) {
			case "Duration" -> "a time, as 500ms, 10s, 5m or 1h";
			case "DataSize" -> "a size, as 64MB or 1GB";
			case "Boolean", "boolean" -> "true or false";
			case "Integer", "int", "Long", "long" -> "a whole number";
			case "Double", "double" -> "a number";
			default -> "a " + type.getSimpleName();
		};
	}

	private static String kebab(String field) {
		return field.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
	}

	private static Throwable root(Throwable failure) {
		var root = failure;
		for (var cause = root.getCause(); cause != null; cause = root.getCause()) {
			root = cause;
		}
		return root;
	}

}
