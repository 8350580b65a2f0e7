package dev.corral.cli.bench;

import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Replies stream, and once all of them do so steadily a long prompt arrives. Measured in each round: the longest gap in any of the
 * streams from when the prompt is sent until its first token, and that token's time.
 */
record Stall(Session session) implements Workload {

	static final String LONGEST_GAP = "longest gap while the long prompt is read";

	static final String STREAMS = "streams";

	static final String LONG_PROMPT = "long prompt";

	private static final int STREAM_PROMPT_TOKENS = 20;

	private static final int LONG_REPLY_TOKENS = 16;

	/** Deltas of each stream before the long prompt is sent. */
	private static final int STEADY_DELTAS = 16;

	@Override
	public void run() throws InterruptedException {
		for (int round = 0; round < session.load().requests(); round++) {
			round(round);
		}
	}

	private void round(int round) throws InterruptedException {
		var load = session.load();
		var steady = new CountDownLatch(load.users());
		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			var streams = new ArrayList<Future<Sample>>();
			for (int user = 0; user < load.users(); user++) {
				long id = (long) round * load.users() + user;
				streams.add(threads.submit(() -> stream(id, steady)));
			}
			steady.await();
			var prompt = session.prompts().text(load.promptTokens(), Prompts.LONG_MESSAGE, round);
			var sample = session
					.ask(Call.of(LONG_PROMPT, prompt, Math.min(LONG_REPLY_TOKENS, load.maxTokens()), load.seed()));
			long longest = 0;
			for (var stream : streams) {
				longest = Math.max(longest, gap(Users.result(stream), sample));
			}
			if (sample.failure() == null) {
				session.statistics().measure(LONGEST_GAP, longest);
			}
		}
	}

	private Sample stream(long id, CountDownLatch steady) {
		var load = session.load();
		var deltas = new AtomicInteger();
		var message = session.prompts().text(STREAM_PROMPT_TOKENS, Prompts.MESSAGE, id);
		try {
			return session.ask(Call.of(STREAMS, message, load.maxTokens(), load.seed() + id), () -> {
				if (deltas.incrementAndGet() == STEADY_DELTAS) {
					steady.countDown();
				}
			});
		} finally {
			if (deltas.get() < STEADY_DELTAS) {
				steady.countDown();
			}
		}
	}

	private long gap(Sample stream, Sample prompt) {
		if (!stream.streamedUntil(prompt.firstArrival())) {
			session.statistics().note("a stream ended before the long prompt's first token; raise --max-tokens");
		}
		return stream.longestGapBetween(prompt.sent(), prompt.firstArrival());
	}

}
