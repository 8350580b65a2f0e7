package dev.corral.startup;

import java.lang.reflect.AnnotatedElement;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;

/** Says in words what the values of a setting are. */
final class ValueTypes {

	private static final Map<Class<?>, String> WORDS = Map.ofEntries(Map.entry(Duration.class, "time, as `10s`"),
			Map.entry(DataSize.class, "size, as `64MB`"), Map.entry(Path.class, "path"), Map.entry(URI.class, "URL"),
			Map.entry(String.class, "text"), Map.entry(List.class, "list"), Map.entry(Map.class, "entries by name"),
			Map.entry(Boolean.class, "`true` or `false`"), Map.entry(boolean.class, "`true` or `false`"),
			Map.entry(Double.class, "part, 0 to 1"), Map.entry(double.class, "part, 0 to 1"));

	private ValueTypes() {
	}

	/** @param limits what carries the constraints; {@code null} if nothing does */
	static String describe(String name, Class<?> type, @Nullable AnnotatedElement limits) {
		var words = type.isEnum()
				? Arrays.stream(type.getEnumConstants()).map(ValueTypes::constant).collect(Collectors.joining(", "))
				: WORDS.getOrDefault(type, counted(name));
		var range = limits == null ? "" : range(limits);
		return range.isEmpty() ? words : words + ", " + range;
	}

	private static String constant(Object value) {
		return "`" + value.toString().toLowerCase(Locale.ROOT).replace('_', '-') + "`";
	}

	private static String counted(String name) {
		return name.contains("tokens") ? "number of tokens" : "number";
	}

	private static String range(AnnotatedElement limits) {
		var least = limits.getAnnotation(Min.class);
		var most = limits.getAnnotation(Max.class);
		if (least != null && most != null) {
			return "%d to %d".formatted(least.value(), most.value());
		}
		if (limits.isAnnotationPresent(PositiveOrZero.class)) {
			return most == null ? "0 or more" : "0 to " + most.value();
		}
		if (limits.isAnnotationPresent(Positive.class)) {
			return "1 or more";
		}
		var shortest = limits.getAnnotation(DurationMin.class);
		if (shortest != null) {
			return shortest.millis() == 0 ? "0 or more" : "%d ms or more".formatted(shortest.millis());
		}
		return least == null ? "" : least.value() + " or more";
	}

}
