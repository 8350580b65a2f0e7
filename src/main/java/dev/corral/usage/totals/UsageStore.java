package dev.corral.usage.totals;

import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;

import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Readable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Daily totals in the database, to which several servers may add. Safe for any thread; nothing happens before a result is subscribed to. */
@Component
public final class UsageStore {

	private static final String UPDATE = """
		update key_usage set requests = requests + :requests, prompt_tokens = prompt_tokens + :prompt,
			cached_tokens = cached_tokens + :cached, completion_tokens = completion_tokens + :completion
		where usage_day = :day and owner = :owner and key_name = :key and model = :model""";

	private static final String INSERT = """
		insert into key_usage (usage_day, owner, key_name, model, requests, prompt_tokens, cached_tokens, completion_tokens)
		values (:day, :owner, :key, :model, :requests, :prompt, :cached, :completion) on conflict do nothing""";

	private final DatabaseClient database;

	private final TransactionalOperator transactions;

	UsageStore(ConnectionFactory connections) {
		this.database = DatabaseClient.create(connections);
		this.transactions = TransactionalOperator.create(new R2dbcTransactionManager(connections));
	}

	/** Adds all of it, or nothing where there is an error signal; a connection that is lost at the very end can hide that it was added. */
	public Mono<Void> add(Map<Spender, Amount> amounts) {
		// All servers take rows in one order, so that none waits for another in a circle.
		return Flux.fromIterable(new TreeMap<>(amounts).entrySet())
				.concatMap(entry -> add(entry.getKey(), entry.getValue())).then().as(transactions::transactional);
	}

	/** Where a row is missing and another server makes it in between, this one finds it then. */
	private Mono<Long> add(Spender spender, Amount amount) {
		var update = bind(UPDATE, spender, amount).fetch().rowsUpdated();
		return update.filter(UsageStore::changed)
				.switchIfEmpty(bind(INSERT, spender, amount).fetch().rowsUpdated().filter(UsageStore::changed))
				.switchIfEmpty(update);
	}

	private static boolean changed(long rows) {
		return rows > 0;
	}

	private GenericExecuteSpec bind(String sql, Spender spender, Amount amount) {
		return database.sql(sql).bind("day", spender.day()).bind("owner", spender.owner()).bind("key", spender.key())
				.bind("model", spender.model()).bind("requests", amount.requests())
				.bind("prompt", amount.promptTokens()).bind("cached", amount.cachedTokens())
				.bind("completion", amount.completionTokens());
	}

	/**
	 * The totals by day, then by what they are told apart by.
	 *
	 * @param limit most of them, at least 1
	 */
	public Flux<DailyUsage> find(UsageQuery query, int limit) {
		var columns = Stream.concat(Stream.of("usage_day"), query.by().stream().sorted().map(UsagePart::column))
				.collect(Collectors.joining(", "));
		var conditions = new StringBuilder("usage_day between :from and :to");
		condition(conditions, "owner", query.owner());
		condition(conditions, "key_name", query.key());
		condition(conditions, "model", query.model());
		var statement = database
				.sql("""
					select %s, cast(sum(requests) as bigint) as requests, cast(sum(prompt_tokens) as bigint) as prompt_tokens,
						cast(sum(cached_tokens) as bigint) as cached_tokens, cast(sum(completion_tokens) as bigint) as completion_tokens
					from key_usage where %s group by %s order by %s limit :limit"""
						.formatted(columns, conditions, columns,
								columns))
				.bind("from", query.from()).bind("to", query.to()).bind("limit", limit);
		statement = bind(statement, "owner", query.owner());
		statement = bind(statement, "key_name", query.key());
		return bind(statement, "model", query.model()).map(row -> read(row, query)).all();
	}

	private static void condition(StringBuilder conditions, String column, @Nullable String value) {
		if (value != null) {
			conditions.append(" and ").append(column).append(" = :").append(column);
		}
	}

	private static GenericExecuteSpec bind(GenericExecuteSpec statement, String column, @Nullable String value) {
		return value == null ? statement : statement.bind(column, value);
	}

	private static DailyUsage read(Readable row, UsageQuery query) {
		return new DailyUsage(get(row, "usage_day", LocalDate.class), part(row, query, UsagePart.OWNER),
				part(row, query, UsagePart.KEY), part(row, query, UsagePart.MODEL),
				new Amount(get(row, "requests", Long.class), get(row, "prompt_tokens", Long.class),
						get(row, "cached_tokens", Long.class), get(row, "completion_tokens", Long.class)));
	}

	private static @Nullable String part(Readable row, UsageQuery query, UsagePart part) {
		return query.by().contains(part) ? row.get(part.column(), String.class) : null;
	}

	private static <T> T get(Readable row, String column, Class<T> type) {
		return Objects.requireNonNull(row.get(column, type), column);
	}

}
