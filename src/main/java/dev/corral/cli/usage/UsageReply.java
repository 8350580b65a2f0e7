package dev.corral.cli.usage;

import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;

import dev.corral.usage.totals.Amount;
import dev.corral.usage.totals.DailyUsage;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what {@code GET /api/usage} answers. */
final class UsageReply {

	private static final JsonMapper JSON = new JsonMapper();

	private UsageReply() {
	}

	/** @throws IOException if it is no such answer */
	static List<DailyUsage> read(InputStream body) throws IOException {
		try {
			return JSON.readTree(body).required("totals").valueStream().map(UsageReply::total).toList();
		} catch (JacksonException | DateTimeException malformed) {
			throw new IOException("What answered is no server of Corral that tells usage.", malformed);
		}
	}

	private static DailyUsage total(JsonNode total) {
		return new DailyUsage(LocalDate.parse(total.required("day").stringValue("")),
				total.path("owner").stringValue(null),
				total.path("key").stringValue(null), total.path("model").stringValue(null),
				new Amount(total.required("requests").longValue(), total.required("prompt_tokens").longValue(),
						total.required("cached_tokens").longValue(), total.required("completion_tokens").longValue()));
	}

}
