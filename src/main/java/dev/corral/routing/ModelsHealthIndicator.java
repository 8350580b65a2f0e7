package dev.corral.routing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

import dev.corral.inference.ServedModel;
import dev.corral.inference.ServedModel.State;
import dev.corral.inference.ServedModels;

/**
 * The health component {@code models}: out of service while a model loads, down when one failed or its engine died, up when all are ready. Its
 * details tell each model's state and load, and never why one failed: that may name files, and belongs to the log.
 */
@Component
class ModelsHealthIndicator implements HealthIndicator {

	private final ServedModels models;

	ModelsHealthIndicator(ServedModels models) {
		this.models = models;
	}

	@Override
	public Health health() {
		var models = this.models.all();
		var health = Health.status(status(models.stream().map(ServedModel::condition).toList()));
		models.forEach(model -> health.withDetail(model.name(), details(model)));
		return health.build();
	}

	private static Status status(List<State> states) {
		if (states.contains(State.FAILED) || states.contains(State.UNREACHABLE)) {
			return Status.DOWN;
		}
		return states.contains(State.LOADING) ? Status.OUT_OF_SERVICE : Status.UP;
	}

	private static Map<String, Object> details(ServedModel model) {
		var details = new LinkedHashMap<String, Object>();
		var engine = model.engine();
		details.put("state", model.condition());
		if (engine != null) {
			var load = engine.load();
			details.put("running", load.running());
			details.put("waiting", load.waiting());
			details.put("sequences", load.sequences());
		}
		return details;
	}

}
