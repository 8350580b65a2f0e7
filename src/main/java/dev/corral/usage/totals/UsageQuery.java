package dev.corral.usage.totals;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.InvalidParameter;

/**
 * Which totals are wanted.
 *
 * @param from the first day, in UTC
 * @param to the last day, at most {@value #MAX_DAYS} days with the first
 * @param by what a day's totals are told apart by; without any, a day has one
 * @param owner whose alone; {@code null} for everybody's
 * @param key the name of the keys whose alone; {@code null} for all
 * @param model of which alone; {@code null} for all
 */
public record UsageQuery(LocalDate from, LocalDate to, Set<UsagePart> by, @Nullable String owner,
		@Nullable String key, @Nullable String model) {

	/** A year, whichever it is. */
	public static final int MAX_DAYS = 366;

	/** Without a first day, it is this many days with the last one. */
	public static final int DEFAULT_DAYS = 30;

	/** No database knows all days that Java does. */
	private static final int LAST_YEAR = 9999;

	/** @throws InvalidParameter if the days are out of order or too many */
	public UsageQuery {
		if (from.getYear() < 1 || to.getYear() > LAST_YEAR) {
			throw new InvalidParameter("from", "must be in the years 1 to 9999, as the last day must");
		}
		long days = ChronoUnit.DAYS.between(from, to) + 1;
		if (days < 1) {
			throw new InvalidParameter("from", "must not be after the last day, which is " + to);
		}
		if (days > MAX_DAYS) {
			throw new InvalidParameter("from", "must be at most %d days before the last one, but is %d"
					.formatted(MAX_DAYS - 1, days - 1));
		}
		by = Set.copyOf(by);
	}

}
