package dev.corral.routing;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

import org.springframework.stereotype.Component;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;

/** Meters of all pools together; {@code docs/metrics.md} lists them. */
@Component
class RoutingMetrics implements MeterBinder {

	private final Workers workers;

	private final RoutingCounters counters;

	RoutingMetrics(Workers workers, RoutingCounters counters) {
		this.workers = workers;
		this.counters = counters;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		for (var reason : Pick.Reason.values()) {
			counter(registry, "corral.routing.picks", "requests", "Requests that were sent to a replica", tag(reason),
					counted -> counted.picks(reason));
		}
		for (var reason : RoutingCounters.Move.values()) {
			counter(registry, "corral.routing.failovers", "moves", "Replies that went on at another replica",
					tag(reason), counted -> counted.moves(reason));
		}
		for (var end : RoutingCounters.Wait.values()) {
			counter(registry, "corral.routing.waits", "waits", "Waits for a replica while none took the request",
					Tags.of("outcome", end.name().toLowerCase(Locale.ROOT)), counted -> counted.waits(end));
		}
		counter(registry, "corral.routing.prompt", "tokens", "Prompt tokens of what replicas were sent", Tags.empty(),
				RoutingCounters::promptTokens);
		counter(registry, "corral.routing.predicted", "tokens", "Those that were thought to be cached", Tags.empty(),
				RoutingCounters::predictedTokens);
		counter(registry, "corral.routing.cached", "tokens", "Those that were cached", Tags.empty(),
				RoutingCounters::cachedTokens);
		FunctionCounter.builder("corral.routing.worker.restarts", workers, Workers::restarts)
				.description("Processes of workers that were started again").register(registry);
		Gauge.builder("corral.routing.circuits.open", workers, Workers::openCircuits).baseUnit("replicas")
				.description("Replicas that get no requests because they have failed some").register(registry);
		Gauge.builder("corral.routing.waiting", counters, RoutingCounters::waiting).baseUnit("requests")
				.description("Requests that wait for a replica").register(registry);
	}

	private static Tags tag(Enum<?> reason) {
		return Tags.of("reason", reason.name().toLowerCase(Locale.ROOT));
	}

	private void counter(MeterRegistry registry, String name, String unit, String description, Tags tags,
			ToDoubleFunction<RoutingCounters> value) {
		FunctionCounter.builder(name, counters, value).baseUnit(unit).description(description).tags(tags)
				.register(registry);
	}

}
