package dev.corral.conversation.store;

import java.time.Clock;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import dev.corral.conversation.Conversation;
import dev.corral.conversation.ConversationId;
import dev.corral.conversation.MessageNode;
import dev.corral.conversation.Owner;
import dev.corral.conversation.PageRequest;
import reactor.core.publisher.Mono;

import static dev.corral.conversation.store.StoreUnderTest.await;
import static org.assertj.core.api.Assertions.assertThat;

/** What the store takes with a million messages in 20,000 conversations on PostgreSQL. */
@Tag("benchmark")
class StoreBenchmark {

	private static final int WARM_UP = 100;

	private static final int ROUNDS = 500;

	private static final int NEWEST = 50;

	private static final int PAGE = 20;

	private final SplittableRandom random = new SplittableRandom(23);

	private final StoreLoad load = new StoreLoad();

	@Test
	void timesWhatPeopleWaitFor() throws Exception {
		var url = PostgresServer.newDatabase();
		try (var store = StoreFixture.open(url, PostgresServer.user(), Clock.systemUTC())) {
			load.fill(url, PostgresServer.user());
			for (int repetition = 0; repetition < 3; repetition++) {
				times(store);
			}
		}
	}

	private void times(StoreFixture store) {
		var middle = Cursor.of(false, middle(store)).toString();
		time("list, first page", round -> list(store, null));
		time("list, the tenth page", round -> list(store, middle));
		time("open: conversation, tree, newest 50 messages",
				round -> open(store, random.nextInt(1, StoreLoad.CONVERSATIONS)));
		time("open one of 5,000 messages", round -> open(store, 0));
		time("search, a rare word (rank 25,000)", round -> search(store, load.word(25_000 + round % 1000)));
		time("search, rank 3,000", round -> search(store, load.word(3000 + round)));
		time("search, rank 300", round -> search(store, load.word(300 + round % 100)));
		time("search, one of the ten most common words", round -> search(store, load.word(round % 10)));
		time("search, two words", round -> search(store, load.word(100 + round % 50) + " " + load.word(2000 + round)));
		time("search, the first 3 letters of a word", round -> search(store, load.word(2000 + round).substring(0, 3)));
		time("search, the first 5 letters of a word", round -> search(store, load.word(2000 + round).substring(0, 5)));
		time("search, no such word", round -> search(store, "nowhere"));
	}

	private Owner owner() {
		return new Owner(StoreLoad.owner(random.nextInt(StoreLoad.OWNERS)));
	}

	/** About 200 conversations before the newest of each owner's. */
	private Conversation middle(StoreFixture store) {
		var owner = new Owner(StoreLoad.owner(0));
		return await(
				store.conversations().find(owner, new ConversationId(load.conversation(StoreLoad.CONVERSATIONS / 2))));
	}

	private Mono<?> list(StoreFixture store, @Nullable String after) {
		return store.conversations().list(owner(), false, new PageRequest(after, PAGE));
	}

	private Mono<?> search(StoreFixture store, String text) {
		return store.conversations().search(owner(), text, new PageRequest(null, PAGE));
	}

	private Mono<?> open(StoreFixture store, int index) {
		var owner = new Owner(StoreLoad.owner(index % StoreLoad.OWNERS));
		var id = new ConversationId(load.conversation(index));
		return store.conversations().find(owner, id)
				.flatMap(conversation -> store.messages().tree(owner, id).flatMap(tree -> {
					var branch = tree.branch(conversation.leaf());
					var newest = branch.subList(Math.max(0, branch.size() - NEWEST), branch.size());
					return store.messages().find(owner, id, newest.stream().map(MessageNode::id).toList()).count();
				}));
	}

	private static void time(String what, IntFunction<Mono<?>> work) {
		var millis = new double[ROUNDS];
		for (int round = -WARM_UP; round < ROUNDS; round++) {
			long start = System.nanoTime();
			assertThat(await(work.apply(round + WARM_UP))).isNotNull();
			if (round >= 0) {
				millis[round] = (System.nanoTime() - start) / 1e6;
			}
		}
		Arrays.sort(millis);
		System.out.printf(Locale.ROOT, "| %s | %.1f | %.1f | %.1f |%n", what, millis[ROUNDS / 2],
				millis[ROUNDS * 95 / 100], millis[ROUNDS - 1]);
	}

}
