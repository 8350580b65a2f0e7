package dev.corral.routing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import dev.corral.inference.FakeEngine;
import dev.corral.inference.FinishReason;
import dev.corral.inference.GenerationEvent;
import dev.corral.inference.GenerationEvent.Admitted;
import dev.corral.inference.GenerationEvent.PromptProcessed;
import dev.corral.inference.GenerationEvent.TokenDelta;
import dev.corral.inference.GenerationRequest;
import dev.corral.inference.SamplingParameters;
import dev.corral.routing.FakePool.Reader;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;

/** Simulates conversations over two replicas, each of which has room for the caches of a few more than its half of them. */
class ConversationsTests {

	private static final int CONVERSATIONS = 32;

	private static final int TURNS = 6;

	private static final int CACHED_CONVERSATIONS = 24;

	private static final int AT_ONCE = 6;

	private static final long SEED = 20261123;

	@Test
	void keepsConversationsWhereTheirCacheIs() {
		var best = share(new BestPicker(), "best");
		var random = new Random(SEED);

		var any = share((_, replicas) -> new Pick(replicas.get(random.nextInt(replicas.size())), Pick.Reason.HASH, 0),
				"random");

		assertThat(best).isGreaterThanOrEqualTo(0.9);
		assertThat(any).isLessThan(0.75);
	}

	/** Cached prompt tokens, as a part of those that an earlier turn of the conversation has computed. */
	private static double share(Picker picker, String name) {
		var random = new Random(SEED);
		var pool = new FakePool(picker, 2);
		pool.engines.forEach(engine -> {
			var cache = new Cache();
			engine.answer(cache::generate);
		});
		var running = new ArrayList<Conversation>();
		var idle = new ArrayList<Conversation>();
		var system = tokens(random, 100);
		for (int i = 0; i < CONVERSATIONS; i++) {
			idle.add(new Conversation(system));
		}
		var all = List.copyOf(idle);
		while (!idle.isEmpty() || !running.isEmpty()) {
			if (!idle.isEmpty() && (running.size() < AT_ONCE && random.nextBoolean() || running.isEmpty())) {
				var conversation = idle.remove(random.nextInt(idle.size()));
				conversation.ask(pool, random);
				running.add(conversation);
			} else if (!running.isEmpty()) {
				var conversation = running.remove(random.nextInt(running.size()));
				conversation.finish();
				if (conversation.turns < TURNS) {
					idle.add(conversation);
				}
			}
		}
		double cacheable = all.stream().mapToLong(conversation -> conversation.cacheable).sum();
		double cached = all.stream().mapToLong(conversation -> conversation.cached).sum();
		System.getLogger(ConversationsTests.class.getName()).log(System.Logger.Level.INFO,
				"{0} routing: {1} of {2} tokens cached; busiest replica {3}", name, cached, cacheable,
				pool.engines.stream().mapToInt(engine -> engine.requests().size()).max().orElseThrow());
		return cached / cacheable;
	}

	private static List<Integer> tokens(Random random, int count) {
		return random.ints(count, 0, 32000).boxed().toList();
	}

	private static final class Conversation {

		private final List<Integer> tokens;

		private int told;

		private int turns;

		private long cacheable;

		private long cached;

		private Sinks.Empty<Void> end = Sinks.empty();

		Conversation(List<Integer> system) {
			this.tokens = new ArrayList<>(system);
		}

		void ask(FakePool pool, Random random) {
			turns++;
			told = turns == 1 ? 0 : tokens.size();
			tokens.addAll(tokens(random, 30 + random.nextInt(120)));
			end = Sinks.empty();
			ENDS.addLast(end);
			var reader = new Reader(pool.engine,
					new GenerationRequest(tokens, 1000, SamplingParameters.DEFAULTS, List.of()));
			reader.events.forEach(event -> {
				if (event instanceof PromptProcessed processed) {
					cacheable += told;
					cached += Math.min(told, processed.cachedTokens());
				}
			});
			tokens.addAll(Cache.reply(tokens));
		}

		void finish() {
			end.tryEmitEmpty();
		}

	}

	/** Of the request that is being sent: when its reply ends. */
	private static final Deque<Sinks.Empty<Void>> ENDS = new ArrayDeque<>();

	/** What a replica keeps: the latest conversations. */
	private static final class Cache {

		private final Deque<List<Integer>> kept = new ArrayDeque<>();

		Flux<GenerationEvent> generate(GenerationRequest request) {
			var prompt = request.promptTokens();
			var best = kept.stream().reduce(List.of(),
					(one, other) -> common(one, prompt) >= common(other, prompt) ? one : other);
			int cached = Math.min(common(best, prompt), prompt.size() - 1);
			var reply = reply(prompt);
			var end = ENDS.removeLast();
			return Flux.concat(Flux.just(new Admitted(), new PromptProcessed(prompt.size(), cached)),
					end.asMono().thenMany(Flux.defer(() -> {
						keep(prompt, reply);
						return Flux.just(new TokenDelta("reply", reply), FakeEngine.finished(FinishReason.STOP));
					})));
		}

		private void keep(List<Integer> prompt, List<Integer> reply) {
			var whole = new ArrayList<>(prompt);
			whole.addAll(reply);
			kept.removeIf(other -> common(other, whole) == other.size());
			kept.addLast(whole);
			if (kept.size() > CACHED_CONVERSATIONS) {
				kept.removeFirst();
			}
		}

		static List<Integer> reply(List<Integer> prompt) {
			return tokens(new Random(prompt.hashCode()), 40);
		}

		private static int common(List<Integer> one, List<Integer> other) {
			int length = 0;
			while (length < Math.min(one.size(), other.size()) && one.get(length).equals(other.get(length))) {
				length++;
			}
			return length;
		}

	}

}
