package dev.corral.llamacpp;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import dev.corral.inference.GenerationEvent;
import dev.corral.inference.InferenceEngine;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Readers that come as a Poisson process, calmly and in rushes that overflow the queue. Some ask for several replies at once, some read
 * slowly, some hang up at any moment. The first thing that is not as it must be fails the load.
 */
final class SoakLoad {

	private static final int ARRIVALS_PER_CYCLE = 40;

	private static final int OF_THEM_IN_A_RUSH = 24;

	private static final Duration GAP_IN_A_RUSH = Duration.ofNanos(500_000);

	private static final Duration GAP = Duration.ofMillis(40);

	private static final Duration LIMIT = Duration.ofMinutes(2);

	private final InferenceEngine engine;

	private final SplittableRandom random;

	private final SoakRequests requests;

	private final List<String> answers;

	private final Map<SoakWitness.Outcome, AtomicLong> outcomes = new EnumMap<>(SoakWitness.Outcome.class);

	private final AtomicLong started = new AtomicLong();

	private final AtomicLong tokens = new AtomicLong();

	private long arrivals;

	/** Asks for the answers to the control questions, which stay the right ones. */
	SoakLoad(InferenceEngine engine, long seed) {
		this.engine = engine;
		random = new SplittableRandom(seed);
		requests = new SoakRequests(engine);
		answers = IntStream.range(0, BatchRoundingNativeTests.QUESTIONS.size())
				.mapToObj(question -> Reply.of(engine.generate(requests.control(question).request())).text())
				.toList();
		for (var outcome : SoakWitness.Outcome.values()) {
			outcomes.put(outcome, new AtomicLong());
		}
	}

	/** Puts load on for this long, and waits until all have gone. */
	void run(Duration time) {
		long end = System.nanoTime() + time.toNanos();
		Flux.defer(() -> Mono.delay(gap()))
				.repeat(() -> System.nanoTime() < end)
				.flatMap(_ -> arrival(random.split()), Integer.MAX_VALUE)
				.blockLast(time.plus(LIMIT));
	}

	/** The answers to so many control questions, asked at once. */
	List<String> askControls(int atOnce) {
		return Reply.ofAll(IntStream.range(0, atOnce)
				.mapToObj(i -> engine.generate(requests.control(i % answers.size()).request()))
				.toList()).stream().map(Reply::text).toList();
	}

	/** The right answers for {@link #askControls}. */
	List<String> answers(int atOnce) {
		return IntStream.range(0, atOnce).mapToObj(i -> answers.get(i % answers.size())).toList();
	}

	long started() {
		return started.get();
	}

	long ended() {
		return outcomes.values().stream().mapToLong(AtomicLong::get).sum();
	}

	long count(SoakWitness.Outcome outcome) {
		return outcomes.getOrDefault(outcome, new AtomicLong()).get();
	}

	/** Tokens of replies that readers have got. */
	long tokens() {
		return tokens.get();
	}

	private Duration gap() {
		var mean = arrivals++ % ARRIVALS_PER_CYCLE < OF_THEM_IN_A_RUSH ? GAP_IN_A_RUSH : GAP;
		return Duration.ofNanos((long) (-Math.log(1 - random.nextDouble()) * mean.toNanos()));
	}

	private Flux<GenerationEvent> arrival(SplittableRandom reader) {
		var request = requests.next(reader);
		int choices = reader.nextInt(8) == 0 ? reader.nextInt(2, 5) : 1;
		return Flux.range(0, choices).flatMap(_ -> read(request, reader.split()), choices);
	}

	private Flux<GenerationEvent> read(SoakRequest request, SplittableRandom reader) {
		var witness = SoakWitness.check(request, answers);
		started.incrementAndGet();
		var generation = witness.on(engine.generate(request.request()).subscribeOn(Schedulers.boundedElastic()))
				.doFinally(_ -> {
					outcomes.getOrDefault(witness.outcome(), new AtomicLong()).incrementAndGet();
					tokens.addAndGet(witness.tokens());
				});
		return switch (reader.nextInt(10)) {
			case 0 -> generation.take(reader.nextInt(1, 40));
			case 1 -> generation.takeUntilOther(
					Mono.delay(Duration.ofNanos(reader.nextLong(TimeUnit.MILLISECONDS.toNanos(300)))));
			case 2 -> generation.delayElements(Duration.ofMillis(reader.nextInt(1, 10)));
			default -> generation;
		};
	}

}
