package dev.corral.routing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

import dev.corral.RealApplication;
import dev.corral.catalog.ModelCatalog;
import dev.corral.inference.EngineFactory;
import dev.corral.inference.FakeServedModel;
import dev.corral.inference.FakeWorker;
import dev.corral.inference.GenerationEvent.Failed;
import dev.corral.inference.GenerationEvent.Finished;
import dev.corral.inference.GenerationEvent.TokenDelta;
import dev.corral.inference.GenerationRequest;
import dev.corral.inference.InferenceEngine;
import dev.corral.inference.PromptSegment;
import dev.corral.inference.SamplingParameters;
import dev.corral.inference.Worker;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * How much of what could be cached is, when many conversations go on in turns over two engines: with Corral's routing and with a replica picked at
 * random. For docs/benchmarks/pool.md; run with {@code mvn -Pbenchmark test -Dtest=PrefixAffinityBenchmark}.
 */
@Tag("benchmark")
@TestPropertySource(properties = "corral.engine.threads=1")
class PrefixAffinityBenchmark extends RealApplication {

	private static final int ENGINES = 2;

	private static final int CONVERSATIONS = 32;

	private static final int TURNS = 6;

	private static final int USERS = 8;

	private static final int ROUNDS = 3;

	private static final int REPLY_TOKENS = 40;

	private static final long SEED = 20261124;

	private static final List<String> SUBJECTS = List.of("a cat", "rain", "the sea", "tea", "autumn", "a train");

	private static final Picker RANDOM = (_, replicas) -> new Pick(
			replicas.get(ThreadLocalRandom.current().nextInt(replicas.size())), Pick.Reason.HASH, 0);

	@Autowired
	private EngineFactory factory;

	@Autowired
	private ModelCatalog catalog;

	@Autowired
	private RoutingSettings settings;

	/** One turn of a conversation: what of its prompt had been computed before, by whomever, what was taken from a cache, and the wait for the first token. */
	private record Turn(int promptTokens, int cacheable, int cached, long firstTokenNanos) {
	}

	@Test
	void comparesCachedTokensWithThoseOfRandomRouting() {
		System.out.println(
				"| routing | round | cacheable | of these cached, % | computed | TTFT p50, ms | TTFT p95, ms |");
		for (int round = 1; round <= ROUNDS; round++) {
			report("by prefix and load", round, turns(new BestPicker()));
			report("random", round, turns(RANDOM));
		}
	}

	private List<Turn> turns(Picker picker) {
		var engines = new ArrayList<InferenceEngine>();
		try {
			var copies = new ArrayList<Copy>();
			for (int i = 0; i < ENGINES; i++) {
				var engine = factory.open(catalog.all().getFirst().source());
				engines.add(engine);
				var model = FakeServedModel.ready(engine);
				copies.add(new Copy(
						new FakeWorker("worker " + i, Worker.Kind.REMOTE, Instant.EPOCH, false, List.of(model)),
						model));
			}
			var pool = new PooledEngine(new Replicas(() -> copies, System::nanoTime), new Pooling(picker, settings,
					new RoutingCounters(), Schedulers.parallel(), System::nanoTime));
			return talks(pool);
		} finally {
			engines.forEach(InferenceEngine::close);
		}
	}

	/** All conversations take their turns in another order each time, so that each has been left by many others when it goes on. */
	private static List<Turn> talks(InferenceEngine pool) {
		var random = new Random(SEED);
		var conversations = new ArrayList<Conversation>();
		for (int i = 0; i < CONVERSATIONS; i++) {
			conversations.add(new Conversation(pool, i));
		}
		var turns = new ArrayList<Turn>();
		for (int turn = 0; turn < TURNS; turn++) {
			Collections.shuffle(conversations, random);
			var question = "Write a poem about %s.".formatted(SUBJECTS.get(turn));
			turns.addAll(Flux.fromIterable(conversations).flatMap(each -> each.say(question), USERS).collectList()
					.block(Duration.ofMinutes(10)));
		}
		return turns;
	}

	private static void report(String routing, int round, List<Turn> turns) {
		long cacheable = turns.stream().mapToLong(Turn::cacheable).sum();
		long cached = turns.stream().mapToLong(turn -> Math.min(turn.cached(), turn.cacheable())).sum();
		long computed = turns.stream().mapToLong(turn -> turn.promptTokens() - turn.cached()).sum();
		var waits = turns.stream().mapToLong(Turn::firstTokenNanos).sorted().toArray();
		System.out.printf("| %s | %d | %d | %.1f | %d | %.0f | %.0f |%n", routing, round, cacheable,
				100.0 * cached / cacheable, computed, waits[waits.length / 2] / 1e6,
				waits[waits.length * 95 / 100] / 1e6);
	}

	/** Somebody who talks, in Vicuna's format. Not safe for threads: one turn follows the other. */
	private static final class Conversation {

		private final InferenceEngine pool;

		/** All that was said. */
		private final List<Integer> tokens = new ArrayList<>();

		Conversation(InferenceEngine pool, int number) {
			this.pool = pool;
			tokens.addAll(pool.tokenizer().tokenize(List.of(PromptSegment.typed(
					"A chat between a curious user and an artificial intelligence assistant. This is conversation number "
							+ number + " of today.")),
					true));
		}

		Mono<Turn> say(String text) {
			return Mono.defer(() -> {
				int said = tokens.size();
				boolean first = said < 60;
				tokens.addAll(pool.tokenizer()
						.tokenize(List.of(PromptSegment.typed(" USER: " + text + " ASSISTANT:")), false));
				var reply = new ArrayList<Integer>();
				long begun = System.nanoTime();
				var firstToken = new long[1];
				return pool.generate(new GenerationRequest(List.copyOf(tokens), REPLY_TOKENS, SamplingParameters.GREEDY,
						List.of())).doOnNext(event -> {
							if (event instanceof TokenDelta delta) {
								if (reply.isEmpty()) {
									firstToken[0] = System.nanoTime() - begun;
								}
								reply.addAll(delta.tokenIds());
							}
						}).last().map(last -> {
							if (last instanceof Failed failed) {
								throw new IllegalStateException(failed.toString());
							}
							var usage = ((Finished) last).usage();
							tokens.addAll(reply);
							// The reply's last token was chosen and not computed.
							return new Turn(usage.promptTokens(), first ? 0 : said - 1, usage.cachedTokens(),
									firstToken[0]);
						});
			});
		}

	}

}
