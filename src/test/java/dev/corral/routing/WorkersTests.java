package dev.corral.routing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;

import dev.corral.inference.EngineLoad;
import dev.corral.inference.FakeEngine;
import dev.corral.inference.FakeServedModel;
import dev.corral.inference.FakeWorker;
import dev.corral.inference.ServedModel;
import dev.corral.inference.WorkStatistics;
import dev.corral.inference.Worker;
import dev.corral.routing.WorkerStatus.State;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class WorkersTests {

	private final FakeEngine engine = new FakeEngine("ready", 64);

	private final ServedModel ready = FakeServedModel.ready(engine);

	private final ServedModel failed = FakeServedModel.failed("broken");

	private final ServedModel loading = FakeServedModel.loading("slow");

	@Test
	void isAsGoodAsTheBestOfItsModels() {
		assertThat(state(FakeWorker.serving(ready, failed))).isEqualTo(State.READY);
		assertThat(state(FakeWorker.serving(ready, failed, loading))).isEqualTo(State.LOADING);
		assertThat(state(FakeWorker.serving(failed))).isEqualTo(State.FAILED);
		assertThat(state(FakeWorker.serving(ready).drains())).isEqualTo(State.DRAINING);
		assertThat(state(FakeWorker.serving())).isEqualTo(State.READY);
	}

	@Test
	void tellsWhatEachWorkerIsDoing() {
		engine.load(new EngineLoad(1, 2, 3));
		engine.work(new WorkStatistics(4, 5, Duration.ofMillis(6), Duration.ofMillis(7)));

		var workers = Routers.workers(FakeWorker.serving(ready, failed), FakeWorker.serving(loading)).status();

		assertThat(workers).extracting(WorkerStatus::kind, WorkerStatus::startedAt)
				.containsOnly(tuple(Worker.Kind.REMOTE, Instant.EPOCH)).hasSize(2);
		assertThat(workers.getFirst().models()).extracting(WorkerStatus.Model::failure).first().isNull();
		assertThat(workers.getFirst().models().getFirst().engine()).isEqualTo(new WorkerStatus.Engine(64,
				engine.load(), engine.work(), engine.cache(), engine.drafts()));
		assertThat(workers.getFirst().models().getLast().failure()).isEqualTo(failed.failure());
		assertThat(workers.getLast().models().getFirst().engine()).isNull();
	}

	@Test
	void saysThatAnEngineHasDied() {
		engine.close();

		var model = Routers.workers(FakeWorker.serving(ready)).status().getFirst().models().getFirst();

		assertThat(model.state()).isEqualTo(ServedModel.State.FAILED);
		assertThat(model.failure()).isNotEmpty();
	}

	@Test
	void leavesTheOnlyEngineOfThisProcessAsItIs() {
		var here = new FakeWorker("embedded", Worker.Kind.EMBEDDED, Instant.EPOCH, false, List.of(ready));

		assertThat(Routers.workers(here).all()).singleElement().isSameAs(ready);
	}

	@Test
	void makesOneModelOfAllReplicas() {
		var other = new FakeEngine("ready", 64);
		engine.load(new EngineLoad(1, 2, 3));
		other.load(new EngineLoad(10, 20, 30));
		var workers = Routers.workers(named("a", ready), named("b", FakeServedModel.ready(other)),
				named("c", FakeServedModel.loading("ready")));

		var model = workers.all().getFirst();

		assertThat(workers.all()).singleElement().isSameAs(model);
		assertThat(model.state()).isEqualTo(ServedModel.State.READY);
		assertThat(Objects.requireNonNull(model.engine()).load()).isEqualTo(new EngineLoad(11, 22, 33));
	}

	private static FakeWorker named(String name, ServedModel model) {
		return new FakeWorker(name, Worker.Kind.REMOTE, Instant.EPOCH, false, List.of(model));
	}

	private static State state(FakeWorker worker) {
		return Routers.workers(worker).status().getFirst().state();
	}

}
