package dev.corral.usage;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

import dev.corral.access.CallingKeys;
import dev.corral.access.keys.ApiKey;
import dev.corral.inference.InvalidParameter;
import dev.corral.usage.totals.UsagePart;
import dev.corral.usage.totals.UsageQuery;
import dev.corral.usage.totals.UsageStore;
import dev.corral.web.JsonResponse;
import dev.corral.web.QueryFields;
import dev.corral.web.RequestRefused;
import reactor.core.publisher.Mono;

/** Tells owners what their keys have had computed, and administrators everybody's. */
@RestController
class UsageController {

	static final String PATH = "/api/usage";

	/** A year of some 27 keys and models. */
	static final int MAX_TOTALS = 10_000;

	private final CallingKeys keys;

	private final UsageSaving saving;

	private final UsageStore store;

	private final Clock clock = Clock.systemUTC();

	UsageController(CallingKeys keys, UsageSaving saving, UsageStore store) {
		this.keys = keys;
		this.saving = saving;
		this.store = store;
	}

	/** What this server has counted is in the answer; what others have, within seconds. */
	@GetMapping(PATH)
	Mono<Void> usage(ServerWebExchange exchange) {
		var query = query(new QueryFields(exchange.getRequest()), keys.of(exchange.getRequest()));
		return saving.save().thenMany(store.find(query, MAX_TOTALS + 1)).collectList().flatMap(totals -> {
			if (totals.size() > MAX_TOTALS) {
				return Mono.error(new InvalidParameter("from", "leads to more than %d totals; ask for fewer days"
						.formatted(MAX_TOTALS)));
			}
			exchange.getResponse().getHeaders().setCacheControl("no-store");
			return JsonResponse.write(exchange.getResponse(), UsageAnswer.of(query, totals));
		});
	}

	private UsageQuery query(QueryFields fields, @Nullable ApiKey caller) {
		var to = day(fields, "to", LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
		var by = fields.string("by");
		return new UsageQuery(day(fields, "from", to.minusDays(UsageQuery.DEFAULT_DAYS - 1L)), to,
				UsagePart.of(by == null ? List.of() : List.of(by.split(",", -1))),
				owner(fields.string("owner"), caller), fields.string("key"), fields.string("model"));
	}

	private static @Nullable String owner(@Nullable String asked, @Nullable ApiKey caller) {
		if (caller != null && caller.admin()) {
			return asked;
		}
		if (caller == null || (asked != null && !asked.equals(caller.owner()))) {
			throw new RequestRefused(HttpStatus.FORBIDDEN, "permission_denied",
					"What others use is told to administrators alone.");
		}
		return caller.owner();
	}

	private static LocalDate day(QueryFields fields, String name, LocalDate absent) {
		var text = fields.string(name);
		try {
			return text == null ? absent : LocalDate.parse(text);
		} catch (DateTimeException malformed) {
			throw new InvalidParameter(name, "must be a day such as 2030-01-31");
		}
	}

}
