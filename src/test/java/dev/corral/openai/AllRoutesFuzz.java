package dev.corral.openai;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.test.context.TestPropertySource;

import dev.corral.RealApplication;
import io.micrometer.core.instrument.MeterRegistry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The whole application under fuzzed requests to all that it serves. {@code corral.fuzz.seed} chooses them. */
@TestPropertySource(properties = {"corral.model-defaults.context-tokens=128", "corral.engine.threads=1",
		"corral.replies.titles=false", "corral.store.url=h2:mem:${random.uuid}",
		"corral.access.keys.root.key=" + AllRoutesFuzz.ROOT, "corral.access.keys.root.role=admin",
		"corral.access.keys.guest.key=" + AllRoutesFuzz.GUEST})
@ExtendWith(OutputCaptureExtension.class)
abstract class AllRoutesFuzz extends RealApplication {

	static final String ROOT = "root's twenty random letters";

	static final String GUEST = "guest's twenty random letters";

	private static final Logger log = LoggerFactory.getLogger(AllRoutesFuzz.class);

	@Autowired
	private ApplicationContext context;

	@Autowired
	private MeterRegistry registry;

	void answersAll(int requests, CapturedOutput output) {
		long seed = Long.getLong("corral.fuzz.seed", 20261124);
		var routes = RouteTable.of(context);
		assertThat(routes).hasSizeGreaterThan(60);
		log.info("Fuzzing {} routes with -Dcorral.fuzz.seed={}", routes.size(), seed);
		var load = new AllRoutesFuzzLoad(port, MODEL, seed, List.of(ROOT, GUEST), routes);

		assertThat(load.complaints(requests)).isEmpty();

		log.info("Answers by status: {}", load.statuses());
		assertThat(load.statuses()).containsKeys(200, 400, 401, 403, 404, 405);
		// Reactor tells there what fails after a request has ended, such as an answer to somebody who has gone.
		assertThat(output.toString().lines().filter(line -> line.contains(" ERROR "))
				.filter(line -> !line.contains(".publisher.Operators"))).isEmpty();
		assertThat(output.toString()).doesNotContain(AllRoutesFuzzLoad.CANARY);
		await().atMost(Duration.ofSeconds(60)).until(
				() -> gauge("corral.engine.sequences.running") == 0 && gauge("corral.engine.requests.waiting") == 0);
		client().post().uri("/v1/chat/completions").header("Authorization", "Bearer " + GUEST)
				.contentType(MediaType.APPLICATION_JSON).bodyValue(HttpContract.HI.replace("llama", MODEL)).exchange()
				.expectStatus().isOk();
	}

	private double gauge(String name) {
		return registry.get(name).tag("model", MODEL).gauge().value();
	}

}
