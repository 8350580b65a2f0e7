package dev.corral.telemetry;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.Environment;
import org.springframework.test.web.reactive.server.WebTestClient;

import dev.corral.CorralApplication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A server whose meters are at a port of their own, and who asks for keys. */
@SpringBootTest(classes = CorralApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = {
		"management.server.port=0", "management.prometheus.metrics.export.enabled=true",
		"corral.store.url=h2:mem:${random.uuid}", "corral.engine.threads=1",
		"corral.access.keys.prometheus.key=a-long-and-random-key-1234"})
class ManagementPortIntegrationTests {

	@LocalServerPort
	private int port;

	@LocalManagementPort
	private int managementPort;

	@Autowired
	private Environment environment;

	@Test
	void leavesTheMetersToTheOtherPortAndTheProbesWhereTheyAre() {
		get(port, "/actuator/prometheus").expectStatus().isNotFound();
		get(managementPort, "/actuator/prometheus").expectStatus().isOk();
		get(managementPort, "/actuator/health/liveness").expectStatus().isOk();
		await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> get(port, "/readyz").expectStatus().isOk());
	}

	@Test
	void asksForAKeyThereToo() {
		WebTestClient.bindToServer().baseUrl("http://127.0.0.1:" + managementPort).build().get()
				.uri("/actuator/prometheus").exchange().expectStatus().isUnauthorized();
	}

	@Test
	void letsOnlyThisMachineReachThatPortUnlessToldOtherwise() {
		assertThat(environment.getProperty("management.server.address")).isEqualTo("127.0.0.1");
	}

	private static WebTestClient.ResponseSpec get(int port, String path) {
		return WebTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port).build().get().uri(path)
				.header("Authorization", "Bearer a-long-and-random-key-1234").exchange();
	}

}
