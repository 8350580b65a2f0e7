package dev.corral.upstream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

import dev.corral.inference.WorkerSource;
import dev.corral.worker.WorkersSettings;

/**
 * The worker processes of this server: {@code corral.workers.count} of them, each with a graphics card of its own where there are several.
 * They end with this process, whatever ends it.
 */
@Component
@ConditionalOnProperty(name = "corral.workers.mode", havingValue = "process")
final class WorkerProcesses implements WorkerSource, SmartInitializingSingleton, DisposableBean {

	private static final int KEY_BYTES = 32;

	/** For a JVM to end that has nothing left to do. */
	private static final Duration END = Duration.ofSeconds(10);

	private final WorkersSettings settings;

	private final RemoteWorkerFactory factory;

	private final Environment environment;

	private final List<String> arguments;

	private volatile List<WorkerProcess> workers = List.of();

	WorkerProcesses(WorkersSettings settings, RemoteWorkerFactory factory, Environment environment,
			ApplicationArguments arguments) {
		this.settings = settings;
		this.factory = factory;
		this.environment = environment;
		this.arguments = List.of(arguments.getSourceArgs());
	}

	@Override
	public List<WorkerProcess> workers() {
		return workers;
	}

	@Override
	public void afterSingletonsInstantiated() {
		var cards = GraphicsCards.of(System.getenv());
		int count = settings.count() > 0 ? settings.count() : Math.max(1, cards.size());
		var cardOf = new HashMap<String, String>();
		var started = new ArrayList<WorkerProcess>();
		for (int i = 0; i < count && cards.size() > 1; i++) {
			cardOf.put(name(i), cards.get(i % cards.size()));
		}
		var launcher = launcher(cardOf);
		try {
			for (int i = 0; i < count; i++) {
				started.add(new WorkerProcess(name(i), launcher));
			}
		} catch (IOException failed) {
			started.forEach(WorkerProcess::stop);
			throw new UncheckedIOException("No worker process can be started", failed);
		}
		workers = List.copyOf(started);
		started.forEach(WorkerProcess::start);
	}

	private static String name(int index) {
		return "process-" + (index + 1);
	}

	private ProcessLauncher launcher(Map<String, String> cards) {
		var key = new byte[KEY_BYTES];
		new SecureRandom().nextBytes(key);
		var command = WorkerCommand.ofThisProgram(arguments);
		var drain = List.of("corral.workers.drain-timeout=" + settings.drainTimeout());
		return new ProcessLauncher(command, drain, environment.getProperty("corral.engine.kv-tiers.folder"),
				HexFormat.of().formatHex(key), cards, factory);
	}

	@Override
	public void destroy() throws InterruptedException {
		var ending = workers;
		ending.forEach(WorkerProcess::stop);
		for (var worker : ending) {
			worker.awaitEnd(settings.drainTimeout().plus(END));
		}
	}

}
