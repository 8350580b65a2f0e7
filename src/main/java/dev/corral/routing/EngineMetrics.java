package dev.corral.routing;

import java.util.List;
import java.util.function.ToIntFunction;

import org.springframework.stereotype.Component;

import dev.corral.inference.EngineLoad;
import dev.corral.inference.ServedModel;
import dev.corral.inference.ServedModels;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** Gauges of each model's engine, tagged {@code model}. A model that is not ready runs nothing and lets nothing wait. */
@Component
class EngineMetrics implements MeterBinder {

	private final List<ServedModels> workers;

	EngineMetrics(List<ServedModels> workers) {
		this.workers = workers;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		for (var worker : workers) {
			for (var model : worker.all()) {
				gauge(registry, model, "corral.engine.sequences.running", "Sequences in prefill or decode",
						EngineLoad::running);
				gauge(registry, model, "corral.engine.requests.waiting", "Admitted requests without a sequence",
						EngineLoad::waiting);
			}
		}
	}

	private static void gauge(MeterRegistry registry, ServedModel model, String name, String description,
			ToIntFunction<EngineLoad> value) {
		Gauge.builder(name, model, served -> {
			var engine = served.engine();
			return engine == null ? 0 : value.applyAsInt(engine.load());
		}).description(description).tag("model", model.name()).register(registry);
	}

}
