package dev.corral.worker;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;

import dev.corral.catalog.CatalogModel;
import dev.corral.catalog.ModelCatalog;
import dev.corral.inference.EngineFactory;
import dev.corral.inference.EngineUnavailable;
import dev.corral.inference.FakeEngine;
import dev.corral.inference.InferenceEngine;
import dev.corral.inference.ModelSource;
import dev.corral.inference.ServedModel.State;
import dev.corral.inference.Worker;
import dev.corral.template.FakeTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class EmbeddedWorkerTests {

	private final RecordingFactory factory = new RecordingFactory();

	@Test
	void loadsModelsOneAfterTheOtherOnItsOwnPlatformThread() {
		var worker = worker("first", "second");

		worker.afterSingletonsInstantiated();

		await().untilAsserted(() -> assertThat(states(worker)).containsExactly(State.READY, State.READY));
		assertThat(factory.opened).containsExactly("first on corral-model-loader", "second on corral-model-loader");
	}

	@Test
	void doesNotWaitForModelsAtStartUp() throws Exception {
		var gate = factory.hold("slow");
		var worker = worker("slow", "next");

		worker.afterSingletonsInstantiated();

		assertThat(states(worker)).containsExactly(State.LOADING, State.LOADING);
		assertThat(worker.models().getFirst().engine()).isNull();
		gate.countDown();
		worker.destroy();
	}

	@Test
	void goesOnWithTheNextModelWhenOneCannotBeLoaded() {
		factory.failures.put("broken", new EngineUnavailable("bad magic"));
		factory.failures.put("unlinked", new UnsatisfiedLinkError("no symbol"));
		var worker = worker("broken", "unlinked", "good");

		worker.afterSingletonsInstantiated();

		await().untilAsserted(
				() -> assertThat(states(worker)).containsExactly(State.FAILED, State.FAILED, State.READY));
		assertThat(worker.models().getFirst().failure()).isEqualTo("bad magic");
		assertThat(worker.models().getLast().failure()).isNull();
	}

	@Test
	void tellsWhyAModelFailedWithoutWhereItsFilesAre() {
		var file = Path.of("broken.gguf");
		factory.failures.put("broken", new EngineUnavailable(
				"%s: '/opt/llama/lib.so' and C:\\llama\\lib.dll say n/a".formatted(file)));
		var worker = worker("broken");

		worker.afterSingletonsInstantiated();

		await().untilAsserted(() -> assertThat(states(worker)).containsExactly(State.FAILED));
		assertThat(worker.models().getFirst().failure())
				.isEqualTo("broken.gguf: 'lib.so' and lib.dll say n/a");
	}

	@Test
	void tellsOfItself() throws Exception {
		var worker = worker("model");
		assertThat(worker.kind()).isEqualTo(Worker.Kind.EMBEDDED);
		assertThat(worker.draining()).isFalse();

		worker.destroy();

		assertThat(worker.draining()).isTrue();
	}

	@Test
	void waitsForALoadInProgressAndClosesItsEngineButStartsNoOther() throws Exception {
		var gate = factory.hold("slow");
		var worker = worker("slow", "next");
		worker.afterSingletonsInstantiated();
		await().until(() -> factory.opened.size() == 1);

		var shutdown = Thread.ofPlatform().start(() -> destroy(worker));
		await().until(() -> shutdown.getState() == Thread.State.WAITING);
		gate.countDown();
		shutdown.join();

		assertThat(factory.engines.values()).hasSize(1).noneMatch(FakeEngine::serving);
		assertThat(factory.opened).hasSize(1);
	}

	@Test
	void closesWhatItHasWhenItWasNeverStarted() throws Exception {
		var worker = worker("never");

		worker.destroy();

		assertThat(factory.opened).isEmpty();
	}

	private EmbeddedWorker worker(String... names) {
		var models = Arrays.stream(names).map(name -> new ModelSource(name, Path.of(name + ".gguf"), 64, 1))
				.map(source -> new CatalogModel(source, "llama", new FakeTemplate())).toList();
		return new EmbeddedWorker(new ModelCatalog(models), factory);
	}

	private static List<State> states(EmbeddedWorker worker) {
		return worker.models().stream().map(EmbeddedModel::state).toList();
	}

	private static void destroy(EmbeddedWorker worker) {
		try {
			worker.destroy();
		} catch (InterruptedException interrupted) {
			throw new IllegalStateException(interrupted);
		}
	}

	private static final class RecordingFactory implements EngineFactory {

		private final List<String> opened = new CopyOnWriteArrayList<>();

		private final Map<String, Throwable> failures = new ConcurrentHashMap<>();

		private final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();

		private final Map<String, FakeEngine> engines = new ConcurrentHashMap<>();

		CountDownLatch hold(String model) {
			return gates.computeIfAbsent(model, _ -> new CountDownLatch(1));
		}

		@Override
		public InferenceEngine open(ModelSource source) {
			opened.add(source.name() + " on " + Thread.currentThread().getName());
			try {
				gates.getOrDefault(source.name(), new CountDownLatch(0)).await();
			} catch (InterruptedException interrupted) {
				throw new IllegalStateException(interrupted);
			}
			switch (failures.get(source.name())) {
				case RuntimeException failure -> throw failure;
				case Error failure -> throw failure;
				case null, default -> {
				}
			}
			return engines.computeIfAbsent(source.name(), name -> new FakeEngine(name, source.contextTokens()));
		}

	}

}
