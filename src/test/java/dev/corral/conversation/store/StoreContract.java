package dev.corral.conversation.store;

import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.BeforeEach;

import dev.corral.access.keys.KeysContract;
import dev.corral.conversation.Owner;
import dev.corral.usage.totals.UsageContract;
import io.r2dbc.spi.ConnectionFactory;

/** What a store promises, whatever database it is on. */
abstract class StoreContract
		implements
			ConversationsContract,
			MessagesContract,
			ImportsContract,
			RepliesContract,
			SearchContract,
			SegmentsAndSharesContract,
			AnswersContract,
			OwnersContract,
			KeysContract,
			UsageContract {

	private static final AtomicInteger OWNERS = new AtomicInteger();

	private final ManualClock clock = new ManualClock();

	private Owner owner = STRANGER;

	@BeforeEach
	void meetSomebody() {
		owner = new Owner("owner-" + OWNERS.incrementAndGet());
	}

	@Override
	public ManualClock clock() {
		return clock;
	}

	@Override
	public ConnectionFactory connections() {
		return store().database().connections();
	}

	@Override
	public Owner owner() {
		return owner;
	}

}
