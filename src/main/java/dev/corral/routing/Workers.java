package dev.corral.routing;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

import org.springframework.stereotype.Component;

import dev.corral.inference.ServedModel;
import dev.corral.inference.ServedModels;
import dev.corral.inference.Worker;
import dev.corral.inference.WorkerSource;

/** The workers of this server, and the models that they serve together. Safe for any thread. */
@Component
public class Workers implements ServedModels {

	private final List<WorkerSource> sources;

	Workers(List<WorkerSource> sources) {
		this.sources = sources;
	}

	/** Those of now. */
	public List<Worker> workers() {
		return sources.stream().<Worker>flatMap(source -> source.workers().stream()).toList();
	}

	/** What each is doing now. */
	public List<WorkerStatus> status() {
		return workers().stream().map(WorkerStatus::of).toList();
	}

	/** Of several workers that serve a model, the one that is best off stands for all. */
	@Override
	public List<ServedModel> all() {
		var byName = workers().stream().<ServedModel>flatMap(worker -> worker.models().stream())
				.collect(Collectors.groupingBy(ServedModel::name, LinkedHashMap::new, Collectors.toList()));
		return byName.values().stream().map(Workers::best).toList();
	}

	private static ServedModel best(List<ServedModel> replicas) {
		return Collections.min(replicas, Comparator.comparingInt(replica -> switch (replica.condition()) {
			case READY -> 0;
			case LOADING -> 1;
			case UNREACHABLE -> 2;
			case FAILED -> 3;
		}));
	}

}
