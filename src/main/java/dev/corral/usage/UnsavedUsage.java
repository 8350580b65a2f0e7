package dev.corral.usage;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

import dev.corral.access.keys.ApiKey;
import dev.corral.inference.Usage;
import dev.corral.usage.totals.Amount;
import dev.corral.usage.totals.Spender;

/**
 * What was computed and is not in the database yet. It cannot grow without bound, since administrators alone make keys and models. Safe for
 * any thread.
 */
@Component
class UnsavedUsage {

	private final Clock clock;

	private Map<Spender, Amount> amounts = new HashMap<>();

	@Autowired
	UnsavedUsage() {
		this(Clock.systemUTC());
	}

	UnsavedUsage(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Counts a reply for the present day.
	 *
	 * @param requests 1 for the first reply to a request, 0 for others
	 */
	void add(ApiKey key, String model, int requests, Usage usage) {
		var spender = new Spender(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC), key.owner(), key.name(), model);
		add(Map.of(spender,
				new Amount(requests, usage.promptTokens(), usage.cachedTokens(), usage.completionTokens())));
	}

	synchronized void add(Map<Spender, Amount> more) {
		more.forEach((spender, amount) -> amounts.merge(spender, amount, Amount::plus));
	}

	/** All there is; it is gone from here, and whoever takes it saves it or gives it back. */
	synchronized Map<Spender, Amount> take() {
		var taken = amounts;
		amounts = new HashMap<>();
		return taken;
	}

}
