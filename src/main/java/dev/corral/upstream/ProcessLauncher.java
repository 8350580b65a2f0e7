package dev.corral.upstream;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.corral.inference.Worker;
import dev.corral.upstream.WorkerProcess.Launcher;
import dev.corral.upstream.WorkerProcess.Life;
import dev.corral.worker.WorkersSettings.Remote;

/**
 * Starts workers of this program on free ports of the loopback address. What they write comes into this log, under their names.
 *
 * @param settings of every worker, as {@code name=value}
 * @param statesFolder where states on disk are; each worker has a folder of its own there. {@code null} for none
 * @param key what they are shown; they get it in their environment, which other users cannot read
 * @param cards the graphics card of each worker by its name; none for those that have all
 */
record ProcessLauncher(WorkerCommand command, List<String> settings, @Nullable String statesFolder, String key,
		Map<String, String> cards, RemoteWorkerFactory factory) implements Launcher {

	private static final String LOOPBACK = "127.0.0.1";

	@Override
	public Life launch(String name) throws IOException {
		int port = freePort();
		var builder = new ProcessBuilder(command.of(all(name, port))).redirectErrorStream(true);
		builder.environment().put("CORRAL_WORKERS_KEY", key);
		var card = cards.get(name);
		if (card != null) {
			builder.environment().put(GraphicsCards.VARIABLE, card);
		}
		var process = builder.start();
		Thread.ofVirtual().name("corral-log-" + name).start(() -> log(name, process));
		var url = URI.create("http://%s:%d".formatted(LOOPBACK, port));
		var worker = factory.create(name, Worker.Kind.PROCESS, url, new Remote(url, key, Map.of()));
		worker.start();
		return new Life(process, worker, Instant.now());
	}

	private List<String> all(String name, int port) {
		var all = new ArrayList<>(settings);
		all.addAll(
				List.of("corral.role=worker", "corral.workers.ends-with-input=true", "corral.store.url=h2:mem:worker",
						"server.address=" + LOOPBACK, "server.port=" + port, "spring.main.banner-mode=off",
						"logging.pattern.console=%-5level [%thread] %logger{24} - %m%n%wEx"));
		if (statesFolder != null) {
			all.add("corral.engine.kv-tiers.folder=%s/%s".formatted(statesFolder, name));
		}
		return all;
	}

	/** Nobody keeps it free until the worker takes it; one that cannot is started again with another. */
	private static int freePort() throws IOException {
		try (var socket = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK))) {
			return socket.getLocalPort();
		}
	}

	private static void log(String name, Process process) {
		Logger log = LoggerFactory.getLogger("dev.corral.workers." + name);
		try (var lines = new BufferedReader(process.inputReader(StandardCharsets.UTF_8))) {
			for (var line = lines.readLine(); line != null; line = lines.readLine()) {
				log.info("{}", line);
			}
		} catch (IOException ended) {
			log.debug("Its output broke", ended);
		}
	}

}
