package dev.corral.inference;

import java.util.List;

/** Where workers come from: this process, processes that it has started, or other machines. Safe for any thread. */
@FunctionalInterface
public interface WorkerSource {

	/** Those of now; others may come and go. */
	List<? extends Worker> workers();

}
