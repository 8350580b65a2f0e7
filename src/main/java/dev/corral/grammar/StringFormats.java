package dev.corral.grammar;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Patterns of the {@code format}s of JSON Schema that are honoured (RFC 3339 for dates and times, RFC 9562 for UUIDs). */
final class StringFormats {

	private static final String LEAP_YEAR = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)";

	private static final String DATE = "(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
			+ "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))|" + LEAP_YEAR + "-02-29)";

	/** Without leap seconds, which are valid on few days only. */
	private static final String TIME = "(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]{1,9})?"
			+ "(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])";

	private static final Map<String, String> PATTERNS = Map.of("date", DATE, "time", TIME, "date-time",
			DATE + "T" + TIME, "uuid", "[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}");

	private StringFormats() {
	}

	static @Nullable String pattern(String format) {
		return PATTERNS.get(format);
	}

}
