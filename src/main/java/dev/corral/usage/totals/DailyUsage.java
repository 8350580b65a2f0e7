package dev.corral.usage.totals;

import java.time.LocalDate;

import org.jspecify.annotations.Nullable;

/** One total of a day in UTC; of owner, key and model those are {@code null} by which it is not told apart. */
public record DailyUsage(LocalDate day, @Nullable String owner, @Nullable String key, @Nullable String model,
		Amount amount) {
}
