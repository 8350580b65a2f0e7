package dev.corral.worker;

import java.time.Instant;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

import dev.corral.catalog.CatalogModel;
import dev.corral.catalog.ModelCatalog;
import dev.corral.inference.EngineFactory;
import dev.corral.inference.Worker;
import dev.corral.inference.WorkerSource;
import reactor.core.publisher.Mono;

/**
 * The worker that lives in this JVM: serves every model of the catalog. The models are loaded in the background, one after
 * the other because each load takes all the disk and memory bandwidth there is, in the order of their configuration.
 *
 * <p>Engines are closed when this bean is destroyed, which is after the web server has stopped: replies that end within the
 * server's grace period keep their engine.
 */
@Component
@ConditionalOnProperty(name = "corral.workers.mode", havingValue = "embedded", matchIfMissing = true)
class EmbeddedWorker implements Worker, WorkerSource, SmartInitializingSingleton, DisposableBean {

	private static final Logger log = LoggerFactory.getLogger(EmbeddedWorker.class);

	private final Instant startedAt = Instant.now();

	private final List<EmbeddedModel> models;

	private final Thread loader;

	private volatile boolean stopping;

	private volatile boolean draining;

	EmbeddedWorker(ModelCatalog catalog, EngineFactory factory) {
		this.models = catalog.all().stream().map(CatalogModel::source).map(EmbeddedModel::new).toList();
		// A platform thread: a native call pins a virtual thread to its carrier for as long as it takes.
		this.loader = Thread.ofPlatform().name("corral-model-loader").daemon().unstarted(() -> load(factory));
	}

	@Override
	public List<EmbeddedWorker> workers() {
		return List.of(this);
	}

	@Override
	public List<EmbeddedModel> models() {
		return models;
	}

	@Override
	public String name() {
		return "embedded";
	}

	@Override
	public Kind kind() {
		return Kind.EMBEDDED;
	}

	@Override
	public Instant startedAt() {
		return startedAt;
	}

	@Override
	public boolean draining() {
		return stopping || draining;
	}

	@Override
	public Mono<Void> drain(boolean draining) {
		return Mono.fromRunnable(() -> this.draining = draining);
	}

	@Override
	public void afterSingletonsInstantiated() {
		loader.start();
	}

	/** Waits for a load in progress, which cannot be interrupted, then closes all engines. */
	@Override
	public void destroy() throws InterruptedException {
		stopping = true;
		loader.join();
		models.forEach(EmbeddedWorker::close);
	}

	private void load(EngineFactory factory) {
		for (var model : models) {
			if (stopping) {
				return;
			}
			model.load(factory);
		}
	}

	private static void close(EmbeddedModel model) {
		try {
			model.close();
		} catch (RuntimeException failure) {
			log.error("Model '{}' could not be closed", model.name(), failure);
		}
	}

}
