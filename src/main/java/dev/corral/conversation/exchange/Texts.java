package dev.corral.conversation.exchange;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

/** Takes values out of records that anybody may have written. */
final class Texts {

	private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);

	/** The year 9999, beyond which times are no times. */
	private static final BigDecimal LATEST = BigDecimal.valueOf(253_370_764_800L);

	private Texts() {
	}

	/** {@code null} if there is no text, or an empty one. */
	static @Nullable String of(JsonNode node) {
		return node.isString() && !node.asString().isEmpty() ? node.asString() : null;
	}

	/** Seconds since 1970; {@code null} if it is none. */
	static @Nullable Instant time(JsonNode node) {
		if (!node.isNumber()) {
			return null;
		}
		var seconds = node.decimalValue();
		if (seconds.signum() < 0 || seconds.compareTo(LATEST) >= 0) {
			return null;
		}
		var whole = seconds.setScale(0, RoundingMode.FLOOR);
		return Instant.ofEpochSecond(whole.longValue(), seconds.subtract(whole).multiply(NANOS).longValue());
	}

}
