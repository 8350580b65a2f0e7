package dev.corral.usage;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.corral.access.keys.ApiKey;
import dev.corral.access.keys.Role;
import dev.corral.inference.TokenAccount;
import dev.corral.inference.Usage;
import dev.corral.usage.totals.Amount;
import dev.corral.usage.totals.Spender;

import static org.assertj.core.api.Assertions.assertThat;

/** What is counted before it is saved. */
class UsageSavingTests {

	private static final ApiKey KEY = ApiKey.of("ada", Role.USER);

	private static final Spender SPENDER = new Spender(LocalDate.parse("2026-11-23"), "ada", "ada", "cria");

	private final UnsavedUsage unsaved = new UnsavedUsage(
			Clock.fixed(Instant.parse("2026-11-23T23:59:59Z"), ZoneOffset.UTC));

	@Test
	void givesWhatItHasToOneTakerAlone() {
		unsaved.add(KEY, "cria", 1, new Usage(10, 5, 2));
		unsaved.add(KEY, "cria", 0, new Usage(1, 1, 0));

		assertThat(unsaved.take()).isEqualTo(Map.of(SPENDER, new Amount(1, 11, 2, 6)));
		assertThat(unsaved.take()).isEmpty();
	}

	@Test
	void addsWhatCouldNotBeSavedToWhatCameSince() {
		unsaved.add(KEY, "cria", 1, new Usage(10, 5, 2));
		var taken = unsaved.take();
		unsaved.add(KEY, "cria", 1, new Usage(3, 3, 3));

		unsaved.add(taken);

		assertThat(unsaved.take()).isEqualTo(Map.of(SPENDER, new Amount(2, 13, 5, 8)));
	}

	@Test
	void countsEachReplyOnceAndNoneThatCameToNothing() {
		var account = new CountedAccount(TokenAccount.NONE, KEY, unsaved);

		var refused = account.begin("cria", 7).blockOptional().orElseThrow();
		refused.end(new Usage(0, 0, 0));
		assertThat(unsaved.take()).isEmpty();

		var reply = account.begin("cria", 7).blockOptional().orElseThrow();
		reply.end(new Usage(7, 2, 0));
		reply.end(new Usage(7, 9, 0));
		var title = account.begin("cria", 9).blockOptional().orElseThrow();
		title.end(new Usage(9, 3, 7));

		assertThat(unsaved.take()).isEqualTo(Map.of(SPENDER, new Amount(1, 16, 7, 5)));
	}

}
