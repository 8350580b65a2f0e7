package dev.corral.startup;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

import dev.corral.access.Openness;

import static org.assertj.core.api.Assertions.assertThat;

/** One block says what serves whom, in every role. */
class SummaryTextTests {

	private final MockEnvironment environment = new MockEnvironment().withProperty("server.address", "127.0.0.1")
			.withProperty("local.server.port", "8080").withProperty("corral.engine.queue-limit", "256")
			.withProperty("corral.engine.queue-timeout", "5m");

	@Test
	void saysWhoMayCall() {
		assertThat(text(true, false)).contains("http://127.0.0.1:8080 for programs on this machine, without a key");
		assertThat(text(false, true)).contains("for everybody who reaches it, with an API key");
	}

	@Test
	void saysOfAWorkerWhichGatewaysMayCall() {
		environment.withProperty("corral.role", "worker");
		assertThat(text(true, false)).contains("role worker").contains("for every gateway on this machine");

		environment.withProperty("corral.workers.key", "secret of the workers");
		assertThat(text(false, false)).contains("for gateways with the key of the workers")
				.doesNotContain("secret of the workers");
	}

	@Test
	void saysOfAGatewayThatItComputesNothing() {
		environment.withProperty("corral.role", "gateway");

		assertThat(text(true, true)).contains("role gateway").contains("no model yet").doesNotContain("runtime");
	}

	@Test
	void tellsTheStoreWithoutItsOptionsAndTheLimitsThatThereAre() {
		environment.withProperty("corral.store.url", "postgresql://ada:secret@db:5432/corral?sslrootcert=/x")
				.withProperty("corral.limits.requests-per-minute", "60")
				.withProperty("corral.store.password", "secret").withProperty("local.management.port", "9090")
				.withProperty("management.server.address", "127.0.0.1");

		assertThat(text(true, true)).contains("store: postgresql://db:5432/corral").contains("requests-per-minute 60")
				.contains("management at 127.0.0.1:9090").doesNotContain("secret", "sslrootcert");
	}

	private String text(boolean onLoopback, boolean keysNeeded) {
		return new SummaryText(environment).of(List.of(), List.of(), "", new Openness() {

			@Override
			public boolean onLoopback() {
				return onLoopback;
			}

			@Override
			public boolean keysNeeded() {
				return keysNeeded;
			}

		});
	}

}
