package dev.corral.routing;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.corral.inference.FakeEngine;
import dev.corral.inference.FakeServedModel;
import dev.corral.inference.FakeWorker;
import dev.corral.inference.InferenceFailure;
import dev.corral.inference.ServedModel;
import dev.corral.inference.WorkerSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ModelRouterTests {

	private final FakeEngine engine = new FakeEngine("llama", 64);

	@Test
	void routesToTheEngineOfTheModel() {
		var router = router(List.of(FakeServedModel.ready(new FakeEngine("other", 64)),
				FakeServedModel.ready(engine)));

		assertThat(router.route("llama").blockOptional().orElseThrow().model()).isSameAs(engine.model());
	}

	@Test
	void prefersTheWorkerThatIsReady() {
		var router = router(List.of(FakeServedModel.failed("llama")),
				List.of(FakeServedModel.loading("llama")), List.of(FakeServedModel.ready(engine)));

		assertThat(router.route("llama").blockOptional().orElseThrow().model()).isSameAs(engine.model());
	}

	@Test
	void saysThatNoWorkerKnowsTheModel() {
		var router = router(List.of(FakeServedModel.ready(engine)));

		assertThatExceptionOfType(InferenceFailure.ModelNotFound.class).isThrownBy(() -> router.route("alpaca").block())
				.withMessageContaining("'alpaca' does not exist");
	}

	@Test
	void saysThatTheModelIsLoadingWhileOneWorkerLoadsIt() {
		var router = router(List.of(FakeServedModel.failed("llama")),
				List.of(FakeServedModel.loading("llama")));

		assertThatExceptionOfType(InferenceFailure.ModelLoading.class).isThrownBy(() -> router.route("llama").block());
	}

	@Test
	void saysThatNoWorkerAnswers() {
		var router = router(List.of(FakeServedModel.failed("llama")), List.of(FakeServedModel.unreachable("llama")));

		assertThatExceptionOfType(InferenceFailure.WorkerLost.class).isThrownBy(() -> router.route("llama").block());
	}

	@Test
	void findsTheEngineOfAModelThatWasReadyAndIsExpectedBack() {
		var worker = new AtomicReference<>(FakeWorker.serving(FakeServedModel.ready(engine)));
		var router = new ModelRouter(Routers.workers(() -> List.of(worker.get())));
		router.route("llama").blockOptional().orElseThrow().model();

		worker.set(FakeWorker.serving(FakeServedModel.loading("llama")));
		assertThat(router.route("llama").blockOptional().orElseThrow().tokenizer()).isNotNull();
		worker.set(FakeWorker.serving(FakeServedModel.loading("llama")).drains());
		assertThatExceptionOfType(InferenceFailure.ModelLoading.class).isThrownBy(() -> router.route("llama").block());
		worker.set(FakeWorker.serving(FakeServedModel.failed("llama")));
		assertThatExceptionOfType(InferenceFailure.ModelFailed.class).isThrownBy(() -> router.route("llama").block());
	}

	@Test
	void saysThatTheModelFailedWhenNoWorkerCouldLoadIt() {
		var router = router(List.of(FakeServedModel.failed("llama")));

		assertThatExceptionOfType(InferenceFailure.ModelFailed.class).isThrownBy(() -> router.route("llama").block());
	}

	/** A router among workers that serve these models. */
	@SafeVarargs
	private static ModelRouter router(List<ServedModel>... workers) {
		return new ModelRouter(Routers.workers(Stream.of(workers)
				.map(models -> FakeWorker.serving(models.toArray(ServedModel[]::new))).toArray(WorkerSource[]::new)));
	}

}
