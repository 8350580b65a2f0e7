package dev.corral.conversation.store;

import org.reactivestreams.Publisher;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import io.r2dbc.spi.Wrapped;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Connections to a database that runs in this process. H2 executes a statement on the thread that asks for it; whoever gets a
 * connection here goes on with it on a thread that may block.
 */
record OffEventLoop(ConnectionFactory connections) implements ConnectionFactory, Wrapped<ConnectionFactory> {

	@Override
	public Publisher<? extends Connection> create() {
		return Mono.from(connections.create()).publishOn(Schedulers.boundedElastic());
	}

	@Override
	public ConnectionFactoryMetadata getMetadata() {
		return connections.getMetadata();
	}

	@Override
	public ConnectionFactory unwrap() {
		return connections;
	}

}
