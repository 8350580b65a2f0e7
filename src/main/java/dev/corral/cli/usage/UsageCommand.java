package dev.corral.cli.usage;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.corral.cli.server.ServerOption;
import dev.corral.inference.InvalidParameter;
import dev.corral.usage.totals.DailyUsage;
import dev.corral.usage.totals.UsagePart;
import dev.corral.usage.totals.UsageQuery;
import dev.corral.usage.totals.UsageStore;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code usage}: tells how much keys have had computed, by day. */
@Command(name = "usage", sortOptions = false, description = {
		"Tells the tokens of prompts and replies by day in UTC, key and model.",
		"Without --url it opens the store that the settings name; an H2 file can be used by one process at a time."})
public final class UsageCommand implements Callable<Integer> {

	private static final Duration LONGEST = Duration.ofMinutes(1);

	private static final String LINE = "%-10s %-20s %-20s %-24s %10s %14s %14s %14s%n";

	@Option(names = "--from", paramLabel = "DAY", description = "The first day, such as 2030-01-31; 29 days before the last one, without this.")
	private @Nullable LocalDate from;

	@Option(names = "--to", paramLabel = "DAY", description = "The last day; today, without this.")
	private @Nullable LocalDate to;

	@Option(names = "--by", paramLabel = "PART", split = ",", description = "What totals are told apart by: owner, key and model; all of them, without this.")
	private List<String> by = EnumSet.allOf(UsagePart.class).stream().map(UsagePart::id).toList();

	@Option(names = "--owner", paramLabel = "OWNER", description = "Whose usage alone.")
	private @Nullable String owner;

	@Option(names = "--key", paramLabel = "NAME", description = "The usage of keys of this name alone.")
	private @Nullable String key;

	@Option(names = "--model", paramLabel = "MODEL", description = "The usage of this model alone.")
	private @Nullable String model;

	@Option(names = "--store", paramLabel = "URL", description = "In place of the setting corral.store.url.")
	private @Nullable String store;

	@Mixin
	private ServerOption server = new ServerOption();

	@Spec
	private @Nullable CommandSpec spec;

	@Override
	public Integer call() throws IOException {
		var query = query();
		var totals = server.given() ? server.get(path(query), UsageReply::read) : stored(query);
		var output = Objects.requireNonNull(spec).commandLine().getOut();
		output.printf(LINE, "DAY", "OWNER", "KEY", "MODEL", "REQUESTS", "PROMPT", "CACHED", "COMPLETION");
		totals.forEach(total -> output.printf(LINE, total.day(), any(total.owner()), any(total.key()),
				any(total.model()), total.amount().requests(), total.amount().promptTokens(),
				total.amount().cachedTokens(), total.amount().completionTokens()));
		output.flush();
		return CommandLine.ExitCode.OK;
	}

	private UsageQuery query() {
		try {
			var last = to == null ? LocalDate.now(ZoneOffset.UTC) : to;
			return new UsageQuery(from == null ? last.minusDays(UsageQuery.DEFAULT_DAYS - 1L) : from, last,
					UsagePart.of(by), owner, key, model);
		} catch (InvalidParameter invalid) {
			throw new ParameterException(Objects.requireNonNull(spec).commandLine(),
					String.valueOf(invalid.getMessage()));
		}
	}

	private List<DailyUsage> stored(UsageQuery query) {
		return UsageBeans.CONTEXT.use(store, beans -> beans.getBean(UsageStore.class).find(query, Integer.MAX_VALUE)
				.collectList().blockOptional(LONGEST).orElse(Collections.emptyList()));
	}

	private static String path(UsageQuery query) {
		return "/api/usage?from=%s&to=%s&by=%s".formatted(query.from(), query.to(), ids(query.by()))
				+ parameter("owner", query.owner()) + parameter("key", query.key())
				+ parameter("model", query.model());
	}

	private static String ids(Set<UsagePart> parts) {
		return parts.stream().sorted().map(UsagePart::id).collect(Collectors.joining(","));
	}

	private static String parameter(String name, @Nullable String value) {
		return value == null ? "" : "&%s=%s".formatted(name, URLEncoder.encode(value, StandardCharsets.UTF_8));
	}

	private static String any(@Nullable String part) {
		return part == null ? "-" : part;
	}

}
