package dev.corral.routing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.corral.inference.EngineLoad;
import dev.corral.inference.FakeEngine;
import dev.corral.inference.FakeServedModel;
import dev.corral.inference.FakeWorker;
import dev.corral.inference.WorkStatistics;
import dev.corral.inference.Worker;

import static org.assertj.core.api.Assertions.assertThat;

class ReplicasTests {

	private static final WorkStatistics WORK = new WorkStatistics(5, 6, Duration.ofSeconds(7), Duration.ofSeconds(8));

	private final FakePool pool = FakePool.inOrder(2);

	@Test
	void keepsTheCountsOfWorkersThatHaveGone() {
		pool.engines.getFirst().work(WORK);
		pool.engines.getFirst().load(new EngineLoad(1, 1, 4));
		pool.engine.work();

		pool.copies.removeFirst();

		assertThat(pool.engine.work()).isEqualTo(WORK);
		assertThat(pool.engine.load()).isEqualTo(new EngineLoad(0, 0, 4));
		assertThat(pool.engine.work()).isEqualTo(WORK);
	}

	@Test
	void countsAWorkerOnceThatDidNotAnswerForAWhile() {
		pool.engines.getFirst().work(WORK);
		pool.engine.work();
		var first = pool.copies.getFirst();

		pool.copies.set(0, new Copy(first.worker(), FakeServedModel.unreachable("llama")));
		assertThat(pool.replicas.ready()).hasSize(1);
		assertThat(pool.engine.work()).isEqualTo(WORK);
		pool.copies.set(0, first);

		assertThat(pool.replicas.ready()).hasSize(2);
		assertThat(pool.engine.work()).isEqualTo(WORK);
	}

	@Test
	void forgetsWhatItKnewOfAWorkerThatWasStartedAnew() {
		var before = pool.replicas.ready().getFirst();
		before.circuit().lost();
		var copy = pool.copies.getFirst();

		pool.copies.set(0, new Copy(new FakeWorker("a", Worker.Kind.REMOTE, Instant.EPOCH.plusSeconds(1), false,
				List.of(copy.model())), copy.model()));

		assertThat(pool.replicas.ready().getFirst()).isNotSameAs(before)
				.satisfies(replica -> assertThat(replica.takesRequests()).isTrue());
	}

	@Test
	void doesNotMixReplicasOfAnotherWindow() {
		var model = FakeServedModel.ready(new FakeEngine("llama", 2048));
		pool.copies.addFirst(new Copy(new FakeWorker("other", Worker.Kind.REMOTE, Instant.EPOCH, false,
				List.of(model)), model));

		assertThat(pool.replicas.ready()).extracting(Replica::name).containsExactly("other");
	}

	@Test
	void keepsItsKindWhenAnotherOneComesFirst() {
		pool.replicas.ready();
		var model = FakeServedModel.ready(new FakeEngine("llama", 2048));

		pool.copies.addFirst(new Copy(new FakeWorker("other", Worker.Kind.REMOTE, Instant.EPOCH, false,
				List.of(model)), model));

		assertThat(pool.replicas.ready()).extracting(Replica::name).containsExactly("a", "b");
		assertThat(pool.engine.model().contextTokens()).isEqualTo(4096);
	}

	@Test
	void stillTellsWhatTheLastOneWas() {
		pool.replicas.ready();

		pool.copies.clear();

		assertThat(pool.engine.model().contextTokens()).isEqualTo(4096);
		assertThat(pool.engine.serving()).isFalse();
	}

}
