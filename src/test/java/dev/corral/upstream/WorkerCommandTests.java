package dev.corral.upstream;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WorkerCommandTests {

	private static final List<String> SETTINGS = List.of("corral.role=worker", "server.port=1");

	@Test
	void startsThisProgramAsItWasStarted() {
		var command = new WorkerCommand("/opt/corral.jar", "Main", List.of("-Xmx1g", "-Dcorral.engine.threads=2"),
				List.of("--corral.models.vicuna=/m.gguf")).of(SETTINGS);

		assertThat(command).containsSubsequence("-Xmx1g", "-Dcorral.engine.threads=2", "-cp", "/opt/corral.jar", "Main",
				"--corral.models.vicuna=/m.gguf", "--corral.role=worker", "--server.port=1");
	}

	@Test
	void leavesOutWhatIsTheGatewaysOwn() {
		var command = new WorkerCommand("corral.jar", "Main",
				List.of("-agentlib:jdwp=transport=dt_socket,address=1", "-Xrunjdwp:address=1", "-Dserver.port=2",
						"-Dcorral.workers.key=secret"),
				List.of("--server.port=3", "--corral.role=gateway", "--corral.workers.mode=process",
						"--corral.store.url=h2:./data", "--corral.workers.key=secret"))
				.of(SETTINGS);

		assertThat(String.join(" ", command)).endsWith("-cp corral.jar Main --corral.role=worker --server.port=1")
				.doesNotContain("jdwp", "port=2", "secret");
	}

}
