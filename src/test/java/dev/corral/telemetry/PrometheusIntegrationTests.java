package dev.corral.telemetry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.MediaType;
import org.springframework.test.context.TestPropertySource;

import dev.corral.RealApplication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/** What a running server exports, and whether the dashboard and the alerts ask for that. */
@TestPropertySource(properties = {"management.prometheus.metrics.export.enabled=true", "corral.engine.threads=1",
		"corral.store.url=h2:mem:${random.uuid}"})
class PrometheusIntegrationTests extends RealApplication {

	private static final Pattern SERIES = Pattern.compile("(?m)^[a-z][a-zA-Z0-9_:]*");

	@BeforeEach
	void talk() {
		client().post().uri("/v1/chat/completions").contentType(MediaType.APPLICATION_JSON).bodyValue("""
			{"model":"%s","messages":[{"role":"user","content":"Hello"}],"max_tokens":12}""".formatted(MODEL))
				.exchange().expectStatus().isOk();
		client().post().uri("/v1/chat/completions").contentType(MediaType.APPLICATION_JSON).bodyValue("""
			{"model":"nobody","messages":[{"role":"user","content":"Hello"}]}""").exchange().expectStatus()
				.isNotFound();
	}

	@Test
	void exportsEveryMetricThatTheDashboardAndTheAlertsAskFor() throws IOException {
		var asked = OpsFiles.metrics(
				Stream.concat(OpsFiles.dashboardQueries().stream(), OpsFiles.alertQueries().stream()));

		var exported = SERIES.matcher(scrape()).results().map(result -> result.group()).collect(Collectors.toSet());

		assertThat(asked).hasSizeGreaterThan(25);
		assertThat(exported).containsAll(asked);
	}

	@Test
	void exportsVllmsNamesForRoutersThatKnowThose() {
		assertThat(scrape()).contains("vllm:num_requests_running{model_name=\"cria\"}")
				.contains("vllm:num_requests_waiting{model_name=\"cria\"}")
				.contains("vllm:kv_cache_usage_perc{model_name=\"cria\"}")
				.contains("vllm:request_success_total{finished_reason=")
				.contains("vllm:time_to_first_token_seconds_bucket{model_name=\"cria\"")
				.contains("vllm:inter_token_latency_seconds_count{model_name=\"cria\"}")
				.contains("vllm:e2e_request_latency_seconds_sum{model_name=\"cria\"}");
	}

	@Test
	void isReadyForProbesWithoutTheActuatorsPort() {
		client().get().uri("/readyz").exchange().expectStatus().isOk();
		client().get().uri("/livez").exchange().expectStatus().isOk();
	}

	@Test
	void hasRulesThatPrometheusTakes() throws IOException, InterruptedException {
		assumeThat(Prometheus.program("promtool")).as("promtool is installed").isPresent();

		var check = new ProcessBuilder("promtool", "check", "rules", OpsFiles.ALERTS.toString())
				.redirectErrorStream(true)
				.start();
		var said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

		assertThat(check.waitFor()).as(said).isZero();
	}

	@Test
	void answersEveryQueryOfTheDashboardInARealPrometheus(@TempDir Path folder) throws IOException {
		assumeThat(Prometheus.program("prometheus")).as("prometheus is installed").isPresent();
		var unanswered = new ArrayList<>(OpsFiles.dashboardQueries());

		try (var prometheus = new Prometheus(folder, port)) {
			await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
				talk();
				for (var query : List.copyOf(unanswered)) {
					if (prometheus.hasData(query)) {
						unanswered.remove(query);
					}
				}
				assertThat(unanswered).isEmpty();
			});
		}
	}

	private String scrape() {
		return Objects.requireNonNull(client().get().uri("/actuator/prometheus").exchange().expectStatus().isOk()
				.expectBody(String.class).returnResult().getResponseBody());
	}

}
