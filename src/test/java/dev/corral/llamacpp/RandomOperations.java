package dev.corral.llamacpp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import dev.corral.inference.GenerationEvent;
import dev.corral.inference.InferenceEngine;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Readers who ask an engine for replies that are known, many at once and each in random company: the same prompt several times at once,
 * for several tenants, with several priorities. Some hang up at one of their own events, some at another's, so in any state. The first
 * reply that is not as it must be fails the load.
 */
final class RandomOperations {

	private static final int READERS_AT_ONCE = 8;

	/** Few enough that slots are free at times, so that something is there to slide up. */
	private static final int SLIDERS_AT_ONCE = 2;

	private static final int MOST_FORKS = 4;

	private static final Duration LIMIT = Duration.ofMinutes(5);

	private static final List<String> TENANTS = List.of("", "", "alice", "bob");

	private final InferenceEngine engine;

	private final double rounding;

	private final SplittableRandom random;

	/** Of those who wait or listen. */
	private final Queue<Sinks.Empty<Void>> hangUps = new ConcurrentLinkedQueue<>();

	private final AtomicInteger started = new AtomicInteger();

	private final AtomicInteger completed = new AtomicInteger();

	private final AtomicInteger withdrawn = new AtomicInteger();

	private final AtomicInteger tokens = new AtomicInteger();

	private final AtomicInteger same = new AtomicInteger();

	private final AtomicInteger sampled = new AtomicInteger();

	private final AtomicInteger sampledOtherwise = new AtomicInteger();

	/** @param rounding see {@link KnownReply#compare} */
	RandomOperations(InferenceEngine engine, double rounding, SplittableRandom random) {
		this.engine = engine;
		this.rounding = rounding;
		this.random = random;
	}

	/**
	 * Lets so many readers come, and waits until all have gone.
	 *
	 * @param known what they may ask for; replies to the same prompt together
	 */
	void run(List<List<KnownReply>> known, int readers) {
		Flux.range(0, readers)
				.flatMap(_ -> reader(known.get(random.nextInt(known.size())), random.split()), READERS_AT_ONCE)
				.blockLast(LIMIT);
	}

	/**
	 * Lets so many readers come for a reply that is known, and each then go on with a part of the conversation dropped and what is cached of
	 * it sliding up. What they get then is compared with nothing; that it disturbs nobody else's reply is to be seen.
	 */
	void slide(List<List<KnownReply>> known, int readers) {
		Flux.range(0, readers)
				.flatMap(_ -> slider(known.get(random.nextInt(known.size())), random.split()), SLIDERS_AT_ONCE)
				.blockLast(LIMIT);
	}

	private Flux<GenerationEvent> slider(List<KnownReply> replies, SplittableRandom reader) {
		var tenant = TENANTS.get(reader.nextInt(TENANTS.size()));
		var known = replies.get(reader.nextInt(replies.size()));
		var prompt = new ArrayList<>(known.request().promptTokens());
		prompt.addAll(known.reply().tokenIds());
		int head = reader.nextInt(4, prompt.size() / 3);
		prompt.subList(head, head + reader.nextInt(1, prompt.size() / 3)).clear();
		prompt.add(prompt.getFirst());
		var sliding = Cria.greedy(prompt, reader.nextInt(1, 30)).withTenant(tenant).withSlidesCache(true);
		// Twice, so that the first, or a neighbour of the same mind, may be found again.
		return Flux
				.concat(read(known, tenant, 0, reader), Flux.merge(engine.generate(sliding), engine.generate(sliding)))
				.subscribeOn(Schedulers.boundedElastic());
	}

	/** Replies that readers asked for. */
	int started() {
		return started.get();
	}

	/** Replies that came to their end. */
	int completed() {
		return completed.get();
	}

	/** Replies whose reader hung up before. */
	int withdrawn() {
		return withdrawn.get();
	}

	/** Tokens that readers got. */
	int tokens() {
		return tokens.get();
	}

	/** How many of them were the same as those that are known. */
	int same() {
		return same.get();
	}

	/** Replies that were drawn from a seed. */
	int sampled() {
		return sampled.get();
	}

	/** How many of them went another way than the one that is known. */
	int sampledOtherwise() {
		return sampledOtherwise.get();
	}

	private Flux<GenerationEvent> reader(List<KnownReply> replies, SplittableRandom reader) {
		var tenant = TENANTS.get(reader.nextInt(TENANTS.size()));
		int priority = reader.nextInt(3) == 0 ? reader.nextInt(-2, 3) : 0;
		int first = reader.nextInt(replies.size());
		int forks = reader.nextInt(4) == 0 ? reader.nextInt(2, MOST_FORKS + 1) : 1;
		return Flux.range(0, forks)
				.flatMap(fork -> read(replies.get((first + fork) % replies.size()), tenant, priority, reader.split()),
						forks);
	}

	private Flux<GenerationEvent> read(KnownReply expected, String tenant, int priority, SplittableRandom reader) {
		var request = expected.request().withTenant(tenant).withPriority(priority);
		var hangUp = Sinks.<Void>empty();
		var listener = new KnownReplyListener(expected, rounding);
		started.incrementAndGet();
		hangUps.add(hangUp);
		return engine.generate(request)
				.subscribeOn(Schedulers.boundedElastic())
				.doOnNext(listener::event)
				.doOnNext(_ -> maybeHangUpSomeone(reader))
				.takeUntilOther(hangUp.asMono())
				.take(reader.nextInt(8) == 0 ? reader.nextInt(1, 20) : Long.MAX_VALUE)
				.doFinally(_ -> hangUps.remove(hangUp))
				.doOnComplete(() -> gone(listener));
	}

	private void maybeHangUpSomeone(SplittableRandom reader) {
		if (reader.nextInt(150) == 0) {
			hangUps.stream().skip(reader.nextInt(READERS_AT_ONCE)).findFirst().ifPresent(Sinks.Empty::tryEmitEmpty);
		}
	}

	private void gone(KnownReplyListener listener) {
		(listener.completed() ? completed : withdrawn).incrementAndGet();
		tokens.addAndGet(listener.tokens());
		int same = listener.compare();
		this.same.addAndGet(same);
		if (!listener.expected().request().sampling().greedy()) {
			sampled.incrementAndGet();
			sampledOtherwise.addAndGet(same < listener.tokens() ? 1 : 0);
		}
	}

}
