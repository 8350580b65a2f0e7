package dev.corral.telemetry;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import static org.assertj.core.api.Assertions.assertThat;

class VllmNamesTests {

	private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

	VllmNamesTests() {
		registry.getPrometheusRegistry().register(VllmNames.collector(registry));
	}

	@Test
	void tellsGaugesAndCountersWithTheModelsName() {
		Gauge.builder("corral.engine.sequences.running", () -> 3).tag("model", "llama").register(registry);
		Counter.builder("corral.request.finished").tag("model", "llama").tag("reason", "cancelled").register(registry)
				.increment(2);

		assertThat(registry.scrape()).contains("vllm:num_requests_running{model_name=\"llama\"} 3.0")
				.contains("vllm:request_success_total{finished_reason=\"abort\",model_name=\"llama\"} 2.0");
	}

	@Test
	void tellsHistogramsInSeconds() {
		var timer = Timer.builder("corral.request.time.to.first.token").tag("model", "llama")
				.serviceLevelObjectives(Duration.ofMillis(100), Duration.ofSeconds(1)).register(registry);
		timer.record(Duration.ofMillis(50));
		timer.record(Duration.ofMillis(500));
		timer.record(Duration.ofMillis(2450));

		var scraped = registry.scrape();

		assertThat(scraped).contains("vllm:time_to_first_token_seconds_bucket{model_name=\"llama\",le=\"0.1\"} 1")
				.contains("vllm:time_to_first_token_seconds_bucket{model_name=\"llama\",le=\"1.0\"} 2")
				.contains("vllm:time_to_first_token_seconds_bucket{model_name=\"llama\",le=\"+Inf\"} 3")
				.contains("vllm:time_to_first_token_seconds_count{model_name=\"llama\"} 3")
				.contains("vllm:time_to_first_token_seconds_sum{model_name=\"llama\"} 3.0");
	}

	@Test
	void tellsNothingOfMetersThatAreNotThere() {
		assertThat(registry.scrape()).doesNotContain("vllm");
	}

}
