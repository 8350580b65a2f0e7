package dev.corral.cli.bench;

import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Seven of ten requests are short chats, the rest long prompts and clients that hang up in the middle of the reply, in equal
 * parts. They arrive by a Poisson process until the time is over; at most {@code users} are on their way at once, more are dropped
 * and noted.
 */
record Mixed(Session session) implements Workload {

	static final String DROPPED = "an arrival was dropped because --users requests were on their way";

	private static final int SHORTEST_CHAT_TOKENS = 10;

	private static final int LONGEST_CHAT_TOKENS = 200;

	@Override
	public void run() throws InterruptedException {
		var load = session.load();
		var ids = new AtomicLong();
		var free = new Semaphore(load.users());
		long end = System.nanoTime() + load.duration().toNanos();
		Users.arriving(() -> System.nanoTime() - end < 0, () -> request(ids.getAndIncrement(), free), load.rate(),
				session.prompts().random(Prompts.CALIBRATION, load.users()));
	}

	private Callable<?> request(long id, Semaphore free) {
		return () -> {
			if (!free.tryAcquire()) {
				session.statistics().note(DROPPED);
				return id;
			}
			try {
				session.ask(call(id, session.prompts().random(id)));
				return id;
			} finally {
				free.release();
			}
		};
	}

	private Call call(long id, SplittableRandom random) {
		var load = session.load();
		int choice = random.nextInt(20);
		long seed = load.seed() + id;
		if (choice < 3) {
			return Call.of("long prompts", session.prompts().text(load.promptTokens(), Prompts.LONG_MESSAGE, id),
					Math.min(32, load.maxTokens()), seed);
		}
		int tokens = random.nextInt(SHORTEST_CHAT_TOKENS, LONGEST_CHAT_TOKENS);
		int maxTokens = random.nextInt(1, load.maxTokens() + 1);
		var text = session.prompts().text(tokens, Prompts.MESSAGE, id);
		return choice < 6
				? Call.of("hang-ups", text, load.maxTokens(), seed)
						.hangingUpAfter(random.nextInt(1, load.maxTokens() / 2 + 2))
				: Call.of("chats", text, maxTokens, seed);
	}

}
