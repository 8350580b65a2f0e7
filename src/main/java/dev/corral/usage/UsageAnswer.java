package dev.corral.usage;

import java.time.LocalDate;
import java.util.List;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.corral.usage.totals.DailyUsage;
import dev.corral.usage.totals.UsageQuery;

/** Daily totals as callers see them; days on which nothing was computed are left out. */
record UsageAnswer(LocalDate from, LocalDate to, List<Total> totals) {

	static UsageAnswer of(UsageQuery query, List<DailyUsage> usage) {
		return new UsageAnswer(query.from(), query.to(), usage.stream().map(Total::of).toList());
	}

	/** What totals are not told apart by is left out. */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Total(LocalDate day, @Nullable String owner, @Nullable String key, @Nullable String model, long requests,
			long promptTokens, long cachedTokens, long completionTokens) {

		static Total of(DailyUsage usage) {
			var amount = usage.amount();
			return new Total(usage.day(), usage.owner(), usage.key(), usage.model(), amount.requests(),
					amount.promptTokens(), amount.cachedTokens(), amount.completionTokens());
		}

	}

}
