package dev.corral.conversation.store;

import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.BeforeEach;

import dev.corral.conversation.Owner;

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
			OwnersContract {

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
	public Owner owner() {
		return owner;
	}

}
