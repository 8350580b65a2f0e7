package dev.corral.conversation.store;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Supplier;

import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import dev.corral.conversation.store.StoreUrl.Vendor;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The migrated database and a pool of connections to it. Safe for any thread. */
final class Database implements AutoCloseable {

	/** Longest wait for a connection; then the request fails, and the server is not ready. */
	private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

	private static final Duration LONGEST_IDLE = Duration.ofMinutes(10);

	private static final Duration LONGEST_SHUTDOWN = Duration.ofSeconds(30);

	private final Vendor vendor;

	private final ConnectionPool pool;

	private final DatabaseClient client;

	private final TransactionalOperator transactions;

	private final Clock clock;

	private final UUID writer = UUID.randomUUID();

	private Database(Vendor vendor, ConnectionPool pool, Clock clock) {
		this.vendor = vendor;
		this.pool = pool;
		this.client = DatabaseClient.create(pool);
		this.transactions = TransactionalOperator.create(new R2dbcTransactionManager(pool));
		this.clock = clock;
	}

	/**
	 * Migrates the database that the settings name to the newest schema. Blocks.
	 *
	 * @throws StoreRefused if there is none, or it cannot be used
	 */
	static Database open(StoreSettings settings, Clock clock) {
		var url = StoreUrl.of(settings);
		Migration.run(url, settings);
		var pool = ConnectionPoolConfiguration.builder(ConnectionFactories.get(url.options())).initialSize(1)
				.maxSize(settings.connections()).maxIdleTime(LONGEST_IDLE).maxAcquireTime(LONGEST_WAIT)
				.maxCreateConnectionTime(LONGEST_WAIT).name("store");
		if (url.vendor() == Vendor.H2) {
			// H2 executes a statement on the thread that asks for it, which is the one that has been given the connection.
			pool.customizer(builder -> builder.acquisitionScheduler(Schedulers.boundedElastic()));
		}
		return new Database(url.vendor(), new ConnectionPool(pool.build()), clock);
	}

	Vendor vendor() {
		return vendor;
	}

	ConnectionFactory connections() {
		return pool;
	}

	DatabaseClient client() {
		return client;
	}

	/** Names this process among those that write replies into the database. */
	UUID writer() {
		return writer;
	}

	/** A statement with named parameters. */
	Statement sql(String sql) {
		return new Statement(client.sql(sql));
	}

	/** All statements of the work or none; the work is asked for anew with each subscription. */
	<T> Mono<T> transaction(Supplier<Mono<T>> work) {
		return transactions.transactional(Mono.defer(work));
	}

	/** As exact as both databases store it, so that what is returned is what will be read. */
	OffsetDateTime now() {
		return clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
	}

	/** Waits for what is being done. */
	@Override
	public void close() {
		if (vendor == Vendor.H2) {
			sql("shutdown").run().onErrorComplete().block(LONGEST_SHUTDOWN);
		}
		pool.disposeLater().block(LONGEST_SHUTDOWN);
	}

}
