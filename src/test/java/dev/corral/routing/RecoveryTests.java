package dev.corral.routing;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.corral.inference.FakeEngine;
import dev.corral.inference.FakeServedModel;
import dev.corral.inference.GenerationEvent;
import dev.corral.inference.GenerationEvent.Admitted;
import dev.corral.inference.GenerationEvent.Failed;
import dev.corral.inference.GenerationEvent.Finished;
import dev.corral.inference.InferenceFailure.QueueFull;
import dev.corral.inference.InferenceFailure.WorkerLost;
import dev.corral.inference.ServedModel;
import dev.corral.inference.WorkStatistics;
import dev.corral.routing.FakePool.Reader;
import dev.corral.routing.RoutingCounters.Wait;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

class RecoveryTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private final FakePool pool = FakePool.inOrder(1, TIMEOUT);

	private final FakeEngine engine = pool.engines.getFirst();

	/** What a worker that comes back is until then. */
	enum Away {

		UNREACHABLE, LOADING;

		ServedModel model() {
			return this == LOADING ? FakeServedModel.loading("llama") : FakeServedModel.unreachable("llama");
		}

	}

	@ParameterizedTest
	@EnumSource(Away.class)
	void aReplyGoesOnWhenItsOnlyWorkerIsBack(Away away) {
		var reader = interrupted(away);

		pool.time.advanceTimeBy(Duration.ofSeconds(20));
		assertThat(reader.text()).isEqualTo("ab");
		assertThat(pool.counters.waiting()).isOne();
		pool.restart(0).answer(FakeEngine.reply("a", "b", "c"));
		pool.time.advanceTimeBy(Recovery.PAUSE);

		assertThat(reader.text()).isEqualTo("abc");
		assertThat(reader.count(Admitted.class)).isOne();
		assertThat(reader.events.getLast()).isInstanceOf(Finished.class);
		assertThat(pool.engines.getFirst().requests().getFirst().promptTokens()).containsExactly(1, 2, 3, (int) 'a',
				(int) 'b');
		assertThat(pool.counters.waits(Wait.RECOVERED)).isOne();
		assertThat(pool.counters.waiting()).isZero();
	}

	@ParameterizedTest
	@EnumSource(Away.class)
	void aRequestWaitsForTheFirstWorkerThatIsBack(Away away) {
		pool.replicas.ready();
		pool.gone(0, away.model());
		var reader = read();
		pool.time.advanceTimeBy(Duration.ofSeconds(20));

		pool.restart(0);
		pool.time.advanceTimeBy(Recovery.PAUSE);

		assertThat(reader.text()).isEqualTo("Hello");
	}

	@Test
	void failsWhenNobodyIsBackInTime() {
		var reader = interrupted(Away.UNREACHABLE);

		pool.time.advanceTimeBy(TIMEOUT.minusMillis(1));
		assertThat(reader.ends).isZero();
		pool.time.advanceTimeBy(Recovery.PAUSE);

		assertThat(((Failed) reader.events.getLast()).failure()).isInstanceOf(WorkerLost.class);
		assertThat(pool.counters.waits(Wait.FAILED)).isOne();
	}

	@Test
	void aRequestFailsAsOneThatDoesNotWait() {
		pool.gone(0, Away.UNREACHABLE.model());

		var reader = read();
		pool.time.advanceTimeBy(TIMEOUT.plus(Recovery.PAUSE));

		assertThat(reader.errors).singleElement().isInstanceOf(WorkerLost.class);
		assertThat(reader.events).isEmpty();
	}

	@Test
	void failsAsSoonAsNobodyIsExpectedAnyMore() {
		var reader = interrupted(Away.LOADING);

		pool.gone(0, FakeServedModel.failed("llama"));
		pool.time.advanceTimeBy(Recovery.PAUSE);

		assertThat(reader.ends).isOne();
	}

	@Test
	void doesNotWaitForAWorkerThatEnds() {
		pool.drain(0);

		assertThat(read().errors).singleElement().isInstanceOf(WorkerLost.class);
	}

	@Test
	void doesNotWaitForAModelThatNobodyHas() {
		pool.copies.clear();

		assertThat(read().errors).singleElement().isInstanceOf(WorkerLost.class);
	}

	@Test
	void triesALostWorkerAgainThatWasNeverAway() {
		engine.answer(begun("a").concatWith(Flux.error(new WorkerLost("the network broke"))));
		var reader = read();
		engine.answer(FakeEngine.reply("a", "b"));

		pool.time.advanceTimeBy(CircuitBreaker.SHORTEST_PAUSE.plus(Recovery.PAUSE));

		assertThat(reader.text()).isEqualTo("ab");
	}

	@Test
	void aWaitIsNoMove() {
		engine.answer(begun("a").concatWith(Flux.error(new WorkerLost("it broke"))));
		var reader = read();
		for (int i = 0; i < 2; i++) {
			pool.gone(0, Away.UNREACHABLE.model());
			pool.time.advanceTimeBy(Duration.ofSeconds(20));
			pool.restart(0).answer(begun("a").concatWith(Flux.error(new WorkerLost("it broke"))));
			pool.time.advanceTimeBy(Recovery.PAUSE);
		}
		assertThat(reader.ends).isZero();

		pool.restart(0).answer(FakeEngine.reply("a", "b"));
		pool.time.advanceTimeBy(CircuitBreaker.SHORTEST_PAUSE);

		assertThat(reader.text()).isEqualTo("ab");
		assertThat(pool.counters.moves(RoutingCounters.Move.LOST)).isEqualTo(3);
	}

	@Test
	void aWorkerThatKeepsFailingIsNotTriedForEver() {
		engine.answer(begun("a").concatWith(Flux.error(new WorkerLost("it broke"))));
		var reader = read();

		pool.time.advanceTimeBy(Duration.ofMinutes(5));

		assertThat(reader.ends).isOne();
		assertThat(engine.requests()).hasSize(4);
	}

	@Test
	void allWaitsOfAnOutageHaveOneTimeout() {
		pool.engines.getFirst().answer(begun("a").concatWith(Flux.error(new WorkerLost("it broke"))));
		var reader = read();
		pool.restart(0).answer(Flux.error(new QueueFull(4)));

		pool.time.advanceTimeBy(TIMEOUT.plus(Recovery.LONGEST_PAUSE));

		assertThat(((Failed) reader.events.getLast()).failure()).isInstanceOf(WorkerLost.class);
		assertThat(pool.engines.getFirst().requests()).hasSizeBetween(10, 40);
	}

	@Test
	void aRequestIsToldAtOnceThatThereIsNoRoom() {
		engine.answer(Flux.error(new QueueFull(4)));

		assertThat(read().errors).singleElement().isInstanceOf(QueueFull.class);
	}

	@Test
	void aCancelledRequestWaitsNoLonger() {
		var reader = interrupted(Away.LOADING);

		reader.subscription.dispose();
		pool.restart(0);
		pool.time.advanceTimeBy(Duration.ofMinutes(1));

		assertThat(pool.engines.getFirst().requests()).isEmpty();
		assertThat(pool.counters.waits(Wait.CANCELLED)).isOne();
		assertThat(pool.counters.waiting()).isZero();
	}

	@Test
	void aReplyThatIsTooOldDoesNotWait() {
		engine.answer(begun("a").concatWith(Flux.never()));
		var reader = new Reader(pool.engine, FakePool.request());
		for (int i = 0; i < 61; i++) {
			// It computes for others.
			engine.work(new WorkStatistics(0, i, Duration.ZERO, Duration.ofSeconds(i)));
			pool.time.advanceTimeBy(FakePool.STALL);
		}

		pool.gone(0, Away.LOADING.model());
		pool.time.advanceTimeBy(FakePool.STALL);

		assertThat(reader.ends).isOne();
	}

	@Test
	void vectorsWaitToo() {
		pool.replicas.ready();
		pool.gone(0, Away.LOADING.model());
		var vectors = pool.engine.embed(List.of(List.of(4, 5))).toFuture();

		pool.restart(0);
		pool.time.advanceTimeBy(Recovery.PAUSE);

		assertThat(vectors).isCompletedWithValueMatching(found -> found.size() == 1);
	}

	/** A reply whose worker is lost after two tokens. */
	private Reader interrupted(Away away) {
		engine.answer(begun("a", "b").concatWith(Flux.error(new WorkerLost("it broke"))
				.doOnSubscribe(_ -> pool.gone(0, away.model())).cast(GenerationEvent.class)));
		return read();
	}

	private Reader read() {
		return new Reader(pool.engine, FakePool.request());
	}

	private static Flux<GenerationEvent> begun(String... deltas) {
		return FakeEngine.begun().concatWith(Flux.fromArray(deltas).map(FakeEngine::delta));
	}

}
