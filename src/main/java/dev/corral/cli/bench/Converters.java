package dev.corral.cli.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

import org.springframework.boot.convert.DurationStyle;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads option values. */
final class Converters {

	private Converters() {
	}

	static final class Workloads implements ITypeConverter<WorkloadKind> {

		@Override
		public WorkloadKind convert(String value) {
			return named(value, WorkloadKind.values());
		}

	}

	static final class Measures implements ITypeConverter<Slo.Measure> {

		@Override
		public Slo.Measure convert(String value) {
			return named(value, Slo.Measure.values());
		}

	}

	/** A number and its unit, such as 150ms or 2s. */
	static final class Durations implements ITypeConverter<Duration> {

		@Override
		public Duration convert(String value) {
			try {
				if (value.matches(".*[a-zA-Z]")) {
					return DurationStyle.detectAndParse(value);
				}
			} catch (IllegalArgumentException _) {
				// Said below.
			}
			throw new TypeConversionException("'%s' must be a number and a unit, such as 150ms or 2s".formatted(value));
		}

	}

	private static <E extends Enum<E>> E named(String value, E[] values) {
		return Arrays.stream(values).filter(each -> each.toString().equalsIgnoreCase(value)).findFirst()
				.orElseThrow(() -> new TypeConversionException("'%s' must be one of %s".formatted(value,
						Arrays.toString(values).toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]", ""))));
	}

}
