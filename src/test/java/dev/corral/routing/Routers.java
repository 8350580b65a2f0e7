package dev.corral.routing;

import java.time.Duration;
import java.util.List;

import dev.corral.inference.ServedModel;
import dev.corral.inference.WorkerSource;

/** Makes routers for the tests of other modules. */
public final class Routers {

	private Routers() {
	}

	public static ModelRouter to(ServedModel... models) {
		return new ModelRouter(() -> List.of(models));
	}

	static Workers workers(WorkerSource... sources) {
		return new Workers(List.of(sources), new RoutingSettings(Duration.ofSeconds(10), 3, Duration.ofMinutes(10),
				Duration.ofSeconds(30)),
				new RoutingCounters());
	}

}
