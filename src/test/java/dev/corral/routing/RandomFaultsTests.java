package dev.corral.routing;

import java.time.Duration;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

import dev.corral.inference.FakeEngine;
import dev.corral.inference.FakeServedModel;
import dev.corral.inference.FinishReason;
import dev.corral.inference.GenerationEvent;
import dev.corral.inference.GenerationEvent.Admitted;
import dev.corral.inference.GenerationEvent.Failed;
import dev.corral.inference.GenerationEvent.Finished;
import dev.corral.inference.GenerationEvent.PromptProcessed;
import dev.corral.inference.GenerationEvent.TokenDelta;
import dev.corral.inference.GenerationRequest;
import dev.corral.inference.InferenceFailure.EngineClosed;
import dev.corral.inference.InferenceFailure.QueueFull;
import dev.corral.inference.InferenceFailure.WorkerLost;
import dev.corral.inference.Usage;
import dev.corral.routing.FakePool.Reader;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever replicas do, a reader gets one reply. */
class RandomFaultsTests {

	private static final int RUNS = 300;

	private static final String TEXT = "a reply of some length";

	@ParameterizedTest
	@ValueSource(longs = {1, 2, 3})
	void givesTheWholeReplyOnceWhileOneReplicaIsSound(long seed) {
		var random = new Random(seed);
		for (int run = 0; run < RUNS; run++) {
			var pool = new FakePool((_, replicas) -> any(replicas, random), 4);
			pool.engines.subList(0, 3).forEach(engine -> engine.answer(request -> faulty(request, random)));
			pool.engines.getLast().answer(RandomFaultsTests::sound);

			var reader = read(pool);

			assertThat(reader.text()).as("seed %d, run %d", seed, run).isEqualTo(TEXT);
			assertThat(reader.events.getLast()).isInstanceOf(Finished.class);
			checkOrder(reader);
			checkNothingIsLeft(pool);
		}
	}

	@ParameterizedTest
	@ValueSource(longs = {4, 5, 6})
	void endsOnceWhenAllReplicasMayFail(long seed) {
		var random = new Random(seed);
		for (int run = 0; run < RUNS; run++) {
			var pool = new FakePool((_, replicas) -> any(replicas, random), 6);
			pool.engines.forEach(engine -> engine.answer(request -> faulty(request, random)));

			var reader = read(pool);

			assertThat(TEXT).as("seed %d, run %d", seed, run).startsWith(reader.text());
			checkOrder(reader);
			checkNothingIsLeft(pool);
			long moves = List.of(RoutingCounters.Move.values()).stream().mapToLong(pool.counters::moves).sum();
			assertThat(moves).isLessThanOrEqualTo(3);
			assertThat(pool.engines).allSatisfy(engine -> assertThat(engine.requests()).hasSizeLessThanOrEqualTo(1));
		}
	}

	@ParameterizedTest
	@ValueSource(longs = {7, 8, 9})
	void endsOnceWhenReplicasComeAndGo(long seed) {
		var random = new Random(seed);
		for (int run = 0; run < RUNS; run++) {
			var pool = new FakePool((_, replicas) -> any(replicas, random), 3, Duration.ofSeconds(30));
			pool.engines.forEach(engine -> engine.answer(request -> faulty(request, random)));
			var reader = new Reader(pool.engine, FakePool.request());
			for (int change = 0; change < 60; change++) {
				int replica = random.nextInt(3);
				if (random.nextBoolean()) {
					pool.restart(replica).answer(request -> faulty(request, random));
				} else {
					pool.gone(replica, FakeServedModel.unreachable("llama"));
				}
				pool.time.advanceTimeBy(Duration.ofMillis(random.nextInt(1000)));
			}
			pool.time.advanceTimeBy(Duration.ofMinutes(60));

			assertThat(TEXT).as("seed %d, run %d", seed, run).startsWith(reader.text());
			checkOrder(reader);
			checkNothingIsLeft(pool);
			assertThat(pool.counters.waiting()).isZero();
		}
	}

	private static Reader read(FakePool pool) {
		var reader = new Reader(pool.engine, FakePool.request());
		pool.time.advanceTimeBy(Duration.ofMinutes(60));
		return reader;
	}

	private static void checkOrder(Reader reader) {
		assertThat(reader.ends).isOne();
		if (!reader.errors.isEmpty()) {
			assertThat(reader.events).isEmpty();
			return;
		}
		assertThat(reader.events.getFirst()).isInstanceOf(Admitted.class);
		assertThat(reader.count(Admitted.class)).isOne();
		assertThat(reader.count(PromptProcessed.class)).isLessThanOrEqualTo(1);
		assertThat(reader.count(Finished.class) + reader.count(Failed.class)).isOne();
		assertThat(reader.events.getLast()).isInstanceOfAny(Finished.class, Failed.class);
	}

	private static void checkNothingIsLeft(FakePool pool) {
		assertThat(pool.engines).allSatisfy(engine -> assertThat(engine.generating()).isZero());
		assertThat(pool.replicas.ready()).allSatisfy(replica -> assertThat(replica.busy()).isZero());
	}

	private static Pick any(List<Replica> replicas, Random random) {
		return new Pick(replicas.get(random.nextInt(replicas.size())), Pick.Reason.HASH, 0);
	}

	private static Flux<GenerationEvent> sound(GenerationRequest request) {
		int resumed = request.resumed().tokens();
		int prompt = request.promptTokens().size() - resumed;
		assertThat(request.resumed().characters()).isEqualTo(resumed);
		assertThat(request.promptTokens().subList(prompt, prompt + resumed))
				.isEqualTo(TEXT.substring(0, resumed).chars().boxed().toList());
		return FakeEngine.reply(TEXT.split(""));
	}

	/** A reply that goes wrong in one of many ways, or not. */
	private static Flux<GenerationEvent> faulty(GenerationRequest request, Random random) {
		int events = random.nextInt(TEXT.length() + 3);
		var begun = sound(request).take(events);
		return switch (random.nextInt(8)) {
			case 0 -> Flux.error(new WorkerLost("it died"));
			case 1 -> Flux.error(new QueueFull(4));
			case 2 -> Flux.error(new EngineClosed());
			case 3 -> begun.concatWith(Flux.error(new WorkerLost("it died")));
			case 4 -> begun.concatWith(events == 0
					? Flux.error(new EngineClosed())
					: Flux.just(new Failed(new EngineClosed(), new Usage(1, 2, 3))));
			case 5 -> begun.concatWith(Flux.never());
			case 6 -> begun.concatWith(events < 2 ? Flux.never() : new Late());
			default -> sound(request);
		};
	}

	/** Tells more when it has been given up, as nobody should. */
	private static final class Late implements Publisher<GenerationEvent> {

		@Override
		public void subscribe(Subscriber<? super GenerationEvent> reader) {
			reader.onSubscribe(new Subscription() {

				@Override
				public void request(long count) {
				}

				@Override
				public void cancel() {
					reader.onNext(new TokenDelta("late", List.of(1)));
					reader.onNext(FakeEngine.finished(FinishReason.STOP));
					reader.onComplete();
				}

			});
		}

	}

}
