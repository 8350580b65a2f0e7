package dev.corral.routing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

import dev.corral.inference.ServedModel;
import dev.corral.inference.ServedModels;
import dev.corral.inference.Worker;
import dev.corral.inference.WorkerSource;

/** The workers of this server, and the models that they serve together. Safe for any thread. */
@Component
public class Workers implements ServedModels {

	private final List<WorkerSource> sources;

	private final Pooling pooling;

	private final Map<String, PooledModel> pools = new ConcurrentHashMap<>();

	@Autowired
	Workers(List<WorkerSource> sources, RoutingSettings settings, RoutingCounters counters) {
		this(sources, Pooling.of(settings, counters));
	}

	Workers(List<WorkerSource> sources, Pooling pooling) {
		this.sources = sources;
		this.pooling = pooling;
	}

	/** Those of now. */
	public List<Worker> workers() {
		return sources.stream().<Worker>flatMap(source -> source.workers().stream()).toList();
	}

	/** The one of this name. */
	public Optional<Worker> worker(String name) {
		return workers().stream().filter(worker -> worker.name().equals(name)).findFirst();
	}

	/** What each is doing now. */
	public List<WorkerStatus> status() {
		return workers().stream().map(WorkerStatus::of).toList();
	}

	/** A model that this process alone serves and takes requests for is itself, and costs nothing more; any other is a pool of its replicas. */
	@Override
	public List<ServedModel> all() {
		var byName = copies().collect(
				Collectors.groupingBy(copy -> copy.model().name(), LinkedHashMap::new, Collectors.toList()));
		pools.keySet().retainAll(byName.keySet());
		return byName.values().stream().map(this::together).toList();
	}

	/** How many replicas get no requests because they have failed some. */
	long openCircuits() {
		return pools.values().stream().mapToLong(PooledModel::openCircuits).sum();
	}

	/** How often processes of workers were started again. */
	long restarts() {
		return workers().stream().mapToLong(Worker::restarts).sum();
	}

	private ServedModel together(List<Copy> copies) {
		var first = copies.getFirst();
		if (copies.size() == 1 && first.worker().kind() == Worker.Kind.EMBEDDED
				&& !first.worker().draining()) {
			return first.model();
		}
		return pools.computeIfAbsent(first.model().name(),
				name -> new PooledModel(name, first.model().since(),
						() -> copies().filter(copy -> copy.model().name().equals(name)).toList(), pooling));
	}

	private Stream<Copy> copies() {
		return workers().stream()
				.flatMap(worker -> worker.models().stream().map(model -> new Copy(worker, model)));
	}

}
