package dev.corral.routing;

import java.util.List;

import org.springframework.stereotype.Component;

import dev.corral.inference.Worker;

/** The workers of this server, for those who run it. Safe for any thread. */
@Component
public class Workers {

	private final List<Worker> workers;

	Workers(List<Worker> workers) {
		this.workers = workers;
	}

	/** What each is doing now. */
	public List<WorkerStatus> status() {
		return workers.stream().map(WorkerStatus::of).toList();
	}

}
