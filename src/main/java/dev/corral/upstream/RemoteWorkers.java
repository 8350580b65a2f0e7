package dev.corral.upstream;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

import dev.corral.inference.Worker;
import dev.corral.inference.WorkerSource;
import dev.corral.worker.WorkersSettings;
import dev.corral.worker.WorkersSettings.Remote;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The workers of {@code corral.workers.remote}. A {@code dns:} name is asked for its addresses every few seconds, and each is a worker; one
 * whose address is no longer told gets no more requests, and goes when it does not answer any more. None needs to be there at start-up.
 */
@Component
@ConditionalOnProperty(name = "corral.workers.mode", havingValue = "remote")
final class RemoteWorkers implements WorkerSource, SmartInitializingSingleton, DisposableBean {

	private static final Logger log = LoggerFactory.getLogger(RemoteWorkers.class);

	/** The JVM keeps an answer for up to 30 s anyway. */
	private static final Duration RESOLVE_INTERVAL = Duration.ofSeconds(3);

	private final WorkersSettings settings;

	private final RemoteWorkerFactory factory;

	private final Map<URI, Listed> workers = new LinkedHashMap<>();

	private volatile List<RemoteWorker> current = List.of();

	private @Nullable Disposable resolving;

	RemoteWorkers(WorkersSettings settings, RemoteWorkerFactory factory) {
		this.settings = settings;
		this.factory = factory;
	}

	@Override
	public List<RemoteWorker> workers() {
		return current;
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (settings.remote().isEmpty()) {
			log.warn("corral.workers.mode is remote, and corral.workers.remote names no worker");
		}
		settings.remote().stream().filter(remote -> !named(remote)).forEach(remote -> add(remote.url(), remote));
		var names = settings.remote().stream().filter(RemoteWorkers::named).toList();
		if (!names.isEmpty()) {
			resolving = Mono.fromRunnable(() -> names.forEach(this::resolve))
					.subscribeOn(Schedulers.boundedElastic()).then(Mono.delay(RESOLVE_INTERVAL)).repeat().subscribe();
		}
	}

	private static boolean named(Remote remote) {
		return remote.url().getScheme().equals("dns");
	}

	private synchronized void add(URI url, Remote remote) {
		if (workers.containsKey(url)) {
			return;
		}
		var worker = factory.create(url.getAuthority(), Worker.Kind.REMOTE, url, remote);
		workers.put(url, new Listed(worker, remote));
		update();
		worker.start();
	}

	private void resolve(Remote remote) {
		try {
			var addresses = new LinkedHashSet<URI>();
			Arrays.stream(InetAddress.getAllByName(remote.url().getHost()))
					.map(address -> url(address, remote.url().getPort())).sorted().forEach(addresses::add);
			update(remote, addresses);
		} catch (UnknownHostException unknown) {
			log.debug("No worker has the name {} at present", remote.url().getHost());
		}
	}

	private static URI url(InetAddress address, int port) {
		var host = address.getHostAddress();
		return URI.create("http://%s:%d".formatted(host.contains(":") ? "[" + host + "]" : host, port));
	}

	private synchronized void update(Remote remote, Set<URI> addresses) {
		addresses.forEach(url -> add(url, remote));
		for (var known : Map.copyOf(workers).entrySet()) {
			if (known.getValue().remote.equals(remote)) {
				known.getValue().worker.leaving(!addresses.contains(known.getKey()));
				if (!addresses.contains(known.getKey()) && !known.getValue().worker.reachable()) {
					remove(known.getKey(), known.getValue().worker);
				}
			}
		}
	}

	private void remove(URI url, RemoteWorker worker) {
		log.info("Worker {} is gone", worker.name());
		workers.remove(url);
		update();
		worker.close();
	}

	private void update() {
		current = workers.values().stream().map(Listed::worker).toList();
	}

	@Override
	public synchronized void destroy() {
		if (resolving != null) {
			resolving.dispose();
		}
		current.forEach(RemoteWorker::close);
	}

	/** @param remote what of the configuration it comes from */
	private record Listed(RemoteWorker worker, Remote remote) {
	}

}
