package dev.corral.worker;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.core.env.MapPropertySource;
import org.springframework.mock.env.MockEnvironment;

import dev.corral.worker.RoleSettings.Role;
import dev.corral.worker.WorkersSettings.Mode;

import static java.util.Map.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class WorkerConfigurationTests {

	@Test
	void refusesAWorkerThatStrangersCouldUse() throws Exception {
		var elsewhere = listening("0.0.0.0");

		assertThatExceptionOfType(WorkerRefused.class)
				.isThrownBy(() -> configure(Role.WORKER, Mode.EMBEDDED, " ", elsewhere))
				.withMessageContaining("no key");
		assertThatExceptionOfType(WorkerRefused.class)
				.isThrownBy(() -> configure(Role.WORKER, Mode.EMBEDDED, null, new ServerProperties()));

		assertThatNoException().isThrownBy(() -> configure(Role.WORKER, Mode.EMBEDDED, "key", elsewhere));
		assertThatNoException()
				.isThrownBy(() -> configure(Role.WORKER, Mode.EMBEDDED, null, listening("127.0.0.1")));
		assertThatNoException().isThrownBy(() -> configure(Role.ALL, Mode.EMBEDDED, null, elsewhere));
	}

	@Test
	void refusesAGatewayThatShouldLoadModels() throws Exception {
		var server = listening("127.0.0.1");

		assertThatExceptionOfType(WorkerRefused.class)
				.isThrownBy(() -> configure(Role.GATEWAY, Mode.EMBEDDED, null, server))
				.withMessageContaining("A gateway loads no models");
		assertThatNoException().isThrownBy(() -> configure(Role.GATEWAY, Mode.REMOTE, null, server));
	}

	@Test
	void aWorkerStoresNothingAndLoadsItsModelsWhateverItsFilesSay() {
		var environment = new MockEnvironment().withProperty("corral.role", "worker")
				.withProperty("corral.workers.mode", "remote").withProperty("corral.store.url", "h2:./data");
		environment.getPropertySources().addFirst(new MapPropertySource("systemEnvironment", of()));

		new WorkerEnvironment().postProcessEnvironment(environment, new SpringApplication());

		assertThat(environment.getProperty("corral.workers.mode")).isEqualTo("embedded");
		assertThat(environment.getProperty("corral.store.url")).startsWith("h2:mem:");
	}

	@Test
	void otherRolesKeepTheirSettings() {
		var environment = new MockEnvironment().withProperty("corral.role", "gateway");

		new WorkerEnvironment().postProcessEnvironment(environment, new SpringApplication());

		assertThat(environment.getProperty("corral.store.url")).isNull();
	}

	@Test
	void keysAreInNoLog() {
		assertThat(settings(Mode.REMOTE, "secret")).asString().doesNotContain("secret");
	}

	private static void configure(Role role, Mode mode, @Nullable String key, ServerProperties server) {
		var unused = new WorkerConfiguration(new RoleSettings(role), settings(mode, key), server);
		assertThat(unused).isNotNull();
	}

	private static WorkersSettings settings(Mode mode, @Nullable String key) {
		return new WorkersSettings(mode, 0, key, List.of(), Duration.ofMillis(1), Duration.ofMillis(1),
				Duration.ofMillis(1), Duration.ZERO, false);
	}

	private static ServerProperties listening(String address) throws Exception {
		var server = new ServerProperties();
		server.setAddress(InetAddress.getByName(address));
		return server;
	}

}
