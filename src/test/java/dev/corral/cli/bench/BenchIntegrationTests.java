package dev.corral.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.corral.RealApplication;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** The bench on the real server and on the real engine, with the model that comes with Corral. */
class BenchIntegrationTests extends RealApplication {

	@TempDir
	Path folder = Path.of("");

	@Test
	void measuresASingleUser() throws IOException {
		var figures = bench("http://localhost:" + port, "--workload", "single", "--requests", "2");

		assertComplete(figures, 2);
		assertThat(figures.path("model").asString()).isEqualTo(MODEL);
		assertThat(figures.path("total").path("prompt_tokens").intValue() / 2).isBetween(64, 128);
	}

	@Test
	void measuresUsersWhoShareAPrefix() throws IOException {
		var figures = bench("http://localhost:" + port, "--workload", "shared-prefix", "--users", "3", "--requests",
				"2", "--system-tokens", "200");

		assertComplete(figures, 6);
		assertThat(figures.path("total").path("prompt_tokens").intValue() / 6).isBetween(200, 280);
	}

	@Test
	void measuresTheEngineWithoutAServer() throws IOException {
		var figures = bench("engine", "--model", "models/cria/cria-q8_0.gguf", "--workload", "fan", "--users", "3",
				"--sequences", "2", "--threads", "1", "--context-tokens", "512");

		assertComplete(figures, 3);
		assertThat(figures.path("model").asString()).isEqualTo("cria-q8_0.gguf");
	}

	private static void assertComplete(JsonNode figures, int requests) {
		assertThat(figures.path("failures").toString()).isEqualTo("{}");
		assertThat(figures.path("total").path("complete").intValue()).isEqualTo(requests);
		assertThat(figures.path("total").path("completion_tokens").intValue()).isEqualTo(16 * requests);
	}

	/** Runs with replies of 16 tokens that cannot end before. */
	private JsonNode bench(String... arguments) throws IOException {
		var json = folder.resolve("figures.json");
		var all = new ArrayList<>(List.of(arguments));
		all.addAll(List.of("--max-tokens", "16", "--ban-token", "2", "--warmup", "0", "--json", json.toString()));
		assertThat(new CommandLine(new BenchCommand()).execute(all.toArray(String[]::new))).isZero();
		return JsonMapper.shared().readTree(Files.readString(json));
	}

}
