package dev.corral.conversation.store;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

import io.r2dbc.spi.Readable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A statement that is given its parameters. Immutable. */
record Statement(GenericExecuteSpec spec) {

	Statement bind(String name, @Nullable String value) {
		return bind(name, value, String.class);
	}

	Statement bind(String name, @Nullable UUID value) {
		return bind(name, value, UUID.class);
	}

	Statement bind(String name, @Nullable Integer value) {
		return bind(name, value, Integer.class);
	}

	Statement bind(String name, @Nullable Long value) {
		return bind(name, value, Long.class);
	}

	Statement bind(String name, @Nullable Boolean value) {
		return bind(name, value, Boolean.class);
	}

	Statement bind(String name, @Nullable OffsetDateTime value) {
		return bind(name, value, OffsetDateTime.class);
	}

	Statement bind(String name, @Nullable Instant value) {
		return bind(name, value == null ? null : value.atOffset(ZoneOffset.UTC));
	}

	/** Several values, for {@code in (:name)}; at least one. */
	Statement bind(String name, Collection<UUID> values) {
		return new Statement(spec.bind(name, values));
	}

	private <T> Statement bind(String name, @Nullable T value, Class<T> type) {
		return new Statement(value == null ? spec.bindNull(name, type) : spec.bind(name, value));
	}

	<T> Flux<T> all(Function<Readable, T> row) {
		return spec.map(row).all();
	}

	/** The first row; empty without one. */
	<T> Mono<T> first(Function<Readable, T> row) {
		return spec.map(row).first();
	}

	/** How many rows were changed. */
	Mono<Long> change() {
		return spec.fetch().rowsUpdated();
	}

	Mono<Void> run() {
		return spec.then();
	}

}
