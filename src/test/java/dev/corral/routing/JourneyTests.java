package dev.corral.routing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;

import dev.corral.inference.FakeEngine;
import dev.corral.inference.FinishReason;
import dev.corral.inference.GenerationEvent;
import dev.corral.inference.GenerationEvent.Admitted;
import dev.corral.inference.GenerationEvent.Failed;
import dev.corral.inference.GenerationEvent.Finished;
import dev.corral.inference.GenerationEvent.PromptProcessed;
import dev.corral.inference.InferenceFailure;
import dev.corral.inference.InferenceFailure.DecodeFailed;
import dev.corral.inference.InferenceFailure.EngineClosed;
import dev.corral.inference.InferenceFailure.PromptTooLong;
import dev.corral.inference.InferenceFailure.QueueFull;
import dev.corral.inference.InferenceFailure.WorkerLost;
import dev.corral.inference.Resumed;
import dev.corral.inference.SamplingParameters;
import dev.corral.inference.Usage;
import dev.corral.inference.WorkStatistics;
import dev.corral.routing.FakePool.Reader;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

class JourneyTests {

	private final FakePool pool = FakePool.inOrder(3);

	private final FakeEngine first = pool.engines.get(0);

	private final FakeEngine second = pool.engines.get(1);

	private final FakeEngine third = pool.engines.get(2);

	@Test
	void goesOnElsewhereFromWhatWasTold() {
		first.answer(begun("a", "b").concatWith(Flux.error(new WorkerLost("it broke"))));
		second.answer(FakeEngine.reply("a", "b", "c"));

		var reader = read();

		assertThat(reader.text()).isEqualTo("abc");
		assertThat(second.requests()).singleElement().satisfies(request -> {
			assertThat(request.promptTokens()).containsExactly(1, 2, 3, (int) 'a', (int) 'b');
			assertThat(request.resumed()).isEqualTo(new Resumed(2, 2));
			assertThat(request.maxCompletionTokens()).isEqualTo(100);
			assertThat(request.sampling().seed()).isNotNull()
					.isEqualTo(first.requests().getFirst().sampling().seed());
		});
		assertThat(reader.count(Admitted.class)).isOne();
		assertThat(reader.count(PromptProcessed.class)).isOne();
		assertThat(reader.count(Finished.class)).isOne();
		assertThat(reader.ends).isOne();
		assertThat(pool.counters.moves(RoutingCounters.Move.LOST)).isOne();
	}

	@Test
	void addsToWhatTheRequestItselfResumes() {
		first.answer(begun("x", "a").concatWith(Flux.error(new WorkerLost("it broke"))));
		second.answer(FakeEngine.reply("x", "a", "b"));

		new Reader(pool.engine, FakePool.request().withResumed(new Resumed(1, 1)));

		assertThat(second.requests().getFirst().resumed()).isEqualTo(new Resumed(2, 2));
	}

	@Test
	void leavesAGreedyRequestAsItIs() {
		var request = FakePool.request().withSampling(SamplingParameters.GREEDY);

		new Reader(pool.engine, request);

		assertThat(first.requests()).containsExactly(request);
	}

	@Test
	void tellsTheUsageOfOneReply() {
		first.answer(Flux.just(new Admitted(), new PromptProcessed(3, 2), FakeEngine.delta("a"),
				new Failed(new EngineClosed(), new Usage(3, 1, 2))));

		var reader = read();

		assertThat(reader.events.getLast()).isInstanceOfSatisfying(Finished.class,
				finished -> assertThat(finished.usage().cachedTokens()).isEqualTo(2));
		assertThat(pool.counters.moves(RoutingCounters.Move.CLOSED)).isOne();
	}

	@Test
	void sendsNothingToALostWorker() {
		first.answer(Flux.error(new WorkerLost("it broke")));
		read();

		read();

		assertThat(first.requests()).hasSize(1);
		assertThat(pool.replicas.openCircuits()).isOne();
	}

	@Test
	void triesALostWorkerAgainWithOneRequestAfterAPause() {
		first.answer(Flux.error(new WorkerLost("it broke")));
		read();
		first.answer(FakeEngine.reply("back"));
		pool.time.advanceTimeBy(CircuitBreaker.SHORTEST_PAUSE);

		assertThat(read().text()).isEqualTo("back");
		assertThat(pool.replicas.openCircuits()).isZero();
	}

	@Test
	void sendsNothingToADrainingWorker() {
		pool.drain(0);

		read();

		assertThat(first.requests()).isEmpty();
	}

	@Test
	void passesByWhoHasNoRoom() {
		first.answer(Flux.error(new QueueFull(4)));

		assertThat(read().text()).isEqualTo("Hello");
		assertThat(pool.replicas.openCircuits()).isZero();
	}

	@Test
	void saysThatThereIsNoRoomAnywhere() {
		first.answer(Flux.error(new QueueFull(4)));
		second.answer(Flux.error(new WorkerLost("it broke")));
		third.answer(Flux.error(new QueueFull(4)));

		var reader = read();

		assertThat(reader.errors).singleElement().isInstanceOf(QueueFull.class);
		assertThat(reader.events).isEmpty();
	}

	@Test
	void tellsFailuresThatAreTheRequestsOwn() {
		first.answer(Flux.error(new PromptTooLong(3, 2)));
		assertThat(read().errors).singleElement().isInstanceOf(PromptTooLong.class);
		first.answer(begun("a").concatWith(Flux.just(new Failed(new DecodeFailed("it broke"), new Usage(3, 1, 0)))));

		assertThat(failure(read())).isInstanceOf(DecodeFailed.class);
		assertThat(second.requests()).isEmpty();
	}

	@Test
	void endsWithOneFailureWhenNobodyIsLeft() {
		pool.engines.forEach(engine -> engine.answer(begun("a").concatWith(Flux.error(new WorkerLost("it broke")))));

		var reader = read();

		assertThat(reader.text()).isEqualTo("a");
		assertThat(failure(reader)).isInstanceOf(WorkerLost.class);
		assertThat(reader.events.getLast()).isInstanceOfSatisfying(Failed.class,
				failed -> assertThat(failed.usage()).isEqualTo(new Usage(3, 1, FakeEngine.USAGE.cachedTokens())));
		assertThat(reader.ends).isOne();
	}

	@Test
	void movesNoMoreOftenThanAllowed() {
		var many = FakePool.inOrder(6);
		many.engines.forEach(engine -> engine.answer(Flux.error(new WorkerLost("it broke"))));

		new Reader(many.engine, FakePool.request());

		assertThat(many.engines).extracting(engine -> engine.requests().size()).containsExactly(1, 1, 1, 1, 0, 0);
	}

	@Test
	void leavesAReplicaThatTellsNothingMore() {
		first.answer(begun("a").concatWith(Flux.never()));
		second.answer(FakeEngine.reply("a", "b"));
		var reader = read();
		pool.time.advanceTimeBy(FakePool.STALL.minusNanos(1));
		assertThat(reader.text()).isEqualTo("a");

		pool.time.advanceTimeBy(Duration.ofNanos(1));

		assertThat(reader.text()).isEqualTo("ab");
		assertThat(first.wasCancelled()).isTrue();
		assertThat(pool.counters.moves(RoutingCounters.Move.STALLED)).isOne();
	}

	@Test
	void waitsWhileTheReplicaComputesForOthers() {
		first.answer(begun("a").concatWith(Flux.never()));
		var reader = read();
		for (int i = 1; i < 10; i++) {
			first.work(new WorkStatistics(0, i, Duration.ZERO, Duration.ofSeconds(i)));
			pool.time.advanceTimeBy(FakePool.STALL);
		}
		assertThat(second.requests()).isEmpty();

		pool.time.advanceTimeBy(FakePool.STALL);

		assertThat(reader.text()).startsWith("a");
		assertThat(second.requests()).hasSize(1);
	}

	@Test
	void waitsLongerForAPrompt() {
		first.work(new WorkStatistics(1000, 0, Duration.ofSeconds(1000), Duration.ZERO));
		first.answer(Flux.concat(Flux.just(new Admitted()), Flux.never()));
		read();

		// 4 × 3 tokens at one per second
		pool.time.advanceTimeBy(FakePool.STALL.plusSeconds(12).minusNanos(1));
		assertThat(second.requests()).isEmpty();
		pool.time.advanceTimeBy(Duration.ofNanos(1));
		assertThat(second.requests()).hasSize(1);
	}

	@Test
	void doesNotTakeASlowReaderForADeadWorker() {
		first.answer(FakeEngine.reply("a", "b"));
		var told = new ArrayList<GenerationEvent>();
		var reader = new BaseSubscriber<GenerationEvent>() {

			@Override
			protected void hookOnSubscribe(Subscription subscription) {
				subscription.request(3);
			}

			@Override
			protected void hookOnNext(GenerationEvent event) {
				told.add(event);
			}

		};
		pool.engine.generate(FakePool.request()).subscribe(reader);

		pool.time.advanceTimeBy(FakePool.STALL.multipliedBy(100));
		reader.requestUnbounded();

		assertThat(told).hasSize(5);
		assertThat(second.requests()).isEmpty();
	}

	@Test
	void cancelsWhoeverRunsTheReply() {
		first.answer(begun("a").concatWith(Flux.error(new WorkerLost("it broke"))));
		second.answer(begun("a", "b").concatWith(Flux.never()));
		var reader = read();

		reader.subscription.dispose();

		assertThat(second.wasCancelled()).isTrue();
		assertThat(pool.replicas.ready()).allSatisfy(replica -> assertThat(replica.busy()).isZero());
	}

	@Test
	void embedsElsewhereWhenAWorkerIsClosed() {
		first.close();

		assertThat(pool.engine.embed(List.of(List.of(4, 5))).blockOptional().orElseThrow()).hasSize(1);
	}

	@Test
	void takesAReplyThatBreaksOffForALostWorker() {
		first.answer(begun("a"));
		second.answer(FakeEngine.reply("a", "b"));

		assertThat(read().text()).isEqualTo("ab");
		assertThat(read().events.getLast()).isEqualTo(FakeEngine.finished(FinishReason.STOP));
	}

	private Reader read() {
		return new Reader(pool.engine, FakePool.request());
	}

	private static InferenceFailure failure(Reader reader) {
		return ((Failed) reader.events.getLast()).failure();
	}

	private static Flux<GenerationEvent> begun(String... deltas) {
		return FakeEngine.begun().concatWith(Flux.fromArray(deltas).map(FakeEngine::delta));
	}

}
