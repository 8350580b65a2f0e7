package dev.corral.usage.totals;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import io.r2dbc.spi.ConnectionFactory;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/** What the store of usage promises, whatever database it is on. */
public interface UsageContract {

	AtomicInteger MODELS = new AtomicInteger();

	Duration WAIT = Duration.ofMinutes(1);

	LocalDate MONDAY = LocalDate.parse("2026-11-23");

	ConnectionFactory connections();

	default UsageStore usage() {
		return new UsageStore(connections());
	}

	private static String model() {
		return "model-" + MODELS.incrementAndGet();
	}

	private List<DailyUsage> totals(String model, UsagePart... by) {
		return usage().find(new UsageQuery(MONDAY.minusDays(1), MONDAY.plusDays(1), Set.of(by), null, null, model), 100)
				.collectList().blockOptional(WAIT).orElseThrow();
	}

	@Test
	default void addsUpWhatWasUsedOnADay() {
		var model = model();
		var spender = new Spender(MONDAY, "ada", "phone", model);

		usage().add(Map.of(spender, new Amount(1, 4_000_000_000L, 5, 3))).block(WAIT);
		usage().add(Map.of(spender, new Amount(1, 20, 0, 4))).block(WAIT);

		assertThat(totals(model, UsagePart.values())).containsExactly(
				new DailyUsage(MONDAY, "ada", "phone", model, new Amount(2, 4_000_000_020L, 5, 7)));
	}

	@Test
	default void losesNothingThatSeveralServersAddAtOnce() {
		var model = model();
		var spenders = List.of(new Spender(MONDAY, "ada", "phone", model), new Spender(MONDAY, "bob", "desk", model));
		var one = new Amount(1, 2, 1, 3);

		Flux.range(0, 40).flatMap(_ -> usage().add(Map.of(spenders.getFirst(), one, spenders.getLast(), one))
				.subscribeOn(Schedulers.boundedElastic()), 8).then().block(WAIT);

		assertThat(totals(model, UsagePart.OWNER)).extracting(DailyUsage::amount)
				.containsExactly(new Amount(40, 80, 40, 120), new Amount(40, 80, 40, 120));
	}

	@Test
	default void tellsTotalsApartByWhatIsAskedFor() {
		var model = model();
		var amount = new Amount(1, 10, 2, 5);
		usage().add(Map.of(new Spender(MONDAY, "ada", "phone", model), amount,
				new Spender(MONDAY, "ada", "desk", model), amount,
				new Spender(MONDAY.plusDays(1), "bob", "desk", model),
				amount, new Spender(MONDAY.plusDays(2), "bob", "desk", model), amount)).block(WAIT);

		assertThat(totals(model)).containsExactly(new DailyUsage(MONDAY, null, null, null, new Amount(2, 20, 4, 10)),
				new DailyUsage(MONDAY.plusDays(1), null, null, null, amount));
		assertThat(totals(model, UsagePart.KEY)).extracting(DailyUsage::key).containsExactly("desk", "phone", "desk");
		assertThat(usage().find(new UsageQuery(MONDAY, MONDAY.plusDays(2), Set.of(), "bob", "desk", model), 100)
				.collectList().block(WAIT)).hasSize(2);
		assertThat(usage().find(new UsageQuery(MONDAY, MONDAY.plusDays(2), Set.of(), "ada", "none", model), 100)
				.collectList().block(WAIT)).isEmpty();
	}

}
