package dev.corral.telemetry;

import java.util.List;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;

/**
 * Tells Prometheus the most important meters under vLLM's names too, which routers and autoscalers for Kubernetes look for (vLLM,
 * {@code docs/usage/metrics}; Gateway API inference extension, proposal 003). Micrometer allows no colons in names, so this collects beside
 * it, at each scrape anew.
 */
@Component
class VllmNames implements SmartInitializingSingleton {

	private static final List<Alias> ALIASES = List.of(
			Alias.gauge("vllm:num_requests_running", "corral.engine.sequences.running"),
			Alias.gauge("vllm:num_requests_waiting", "corral.engine.requests.waiting"),
			Alias.gauge("vllm:kv_cache_usage_perc", "corral.engine.kv.use"),
			Alias.counter("vllm:prefix_cache_queries", "corral.engine.cache.prompt"),
			Alias.counter("vllm:prefix_cache_hits", "corral.engine.cache.cached"),
			Alias.counter("vllm:num_preemptions", "corral.engine.sequences.swapped"),
			Alias.counter("vllm:prompt_tokens", "corral.engine.cache.prompt"),
			Alias.counter("vllm:generation_tokens", "corral.engine.completion"),
			Alias.counter("vllm:request_success", "corral.request.finished"),
			Alias.histogram("vllm:time_to_first_token_seconds", "corral.request.time.to.first.token"),
			Alias.histogram("vllm:inter_token_latency_seconds", "corral.request.inter.token.latency"),
			// What it was called before, for those who have not followed.
			Alias.histogram("vllm:time_per_output_token_seconds", "corral.request.inter.token.latency"),
			Alias.histogram("vllm:request_time_per_output_token_seconds", "corral.request.time.per.output.token"),
			Alias.histogram("vllm:e2e_request_latency_seconds", "corral.request.duration"),
			Alias.histogram("vllm:request_queue_time_seconds", "corral.request.queue"),
			Alias.histogram("vllm:request_prefill_time_seconds", "corral.request.prefill"),
			Alias.histogram("vllm:request_decode_time_seconds", "corral.request.decode"),
			Alias.histogram("vllm:request_prompt_tokens", "corral.request.prompt"),
			Alias.histogram("vllm:request_generation_tokens", "corral.request.completion"));

	private final ObjectProvider<PrometheusMeterRegistry> registries;

	VllmNames(ObjectProvider<PrometheusMeterRegistry> registries) {
		this.registries = registries;
	}

	@Override
	public void afterSingletonsInstantiated() {
		registries.ifAvailable(registry -> registry.getPrometheusRegistry().register(collector(registry)));
	}

	static MultiCollector collector(MeterRegistry registry) {
		return () -> new MetricSnapshots(
				ALIASES.stream().map(alias -> alias.read(registry)).filter(read -> !read.getDataPoints().isEmpty())
						.toList());
	}

}
