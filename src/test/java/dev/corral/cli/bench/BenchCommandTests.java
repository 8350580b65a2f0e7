package dev.corral.cli.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class BenchCommandTests {

	private final StringWriter output = new StringWriter();

	private final StringWriter errors = new StringWriter();

	@TempDir
	Path folder = Path.of("");

	@Test
	void writesATableAndJson() throws IOException {
		var file = folder.resolve("figures.json");
		try (var server = ScriptedServer.obedient()) {
			assertThat(execute(server.url(), "--workload", "fan", "--slo", "ttft=1h,itl=1h", "--json", file.toString()))
					.isZero();
		}

		assertThat(output.toString()).contains("fan on http://127.0.0.1:", "64 complete, 0 failed",
				"64 of 64 within ttft 3600 s, itl 3600 s (100.0 %)", "gap between deltas (of one or more tokens)");
		var json = JsonMapper.shared().readTree(Files.readString(file));
		assertThat(json.propertyNames()).containsExactly("target", "model", "started", "load", "wall_seconds",
				"requests_per_second", "output_tokens_per_second", "goodput_per_second", "total", "groups",
				"measures_ms", "failures", "failure_examples", "notes");
		assertThat(json.path("load").path("slo").toString()).isEqualTo("{\"ttft_ms\":3600000,\"itl_ms\":3600000}");
		var total = json.path("total");
		assertThat(total.path("complete").intValue()).isEqualTo(64);
		assertThat(total.path("good_share").doubleValue()).isEqualTo(1);
		assertThat(total.path("completion_tokens").intValue()).isEqualTo(64 * 64);
		assertThat(total.path("cached_tokens").intValue()).isEqualTo(64 * 3);
		assertThat(total.path("ttft_ms").propertyNames()).containsExactly("count", "mean", "p50", "p95", "p99", "max");
		assertThat(total.path("gap_ms").path("count").intValue()).isEqualTo(64 * 63);
		assertThat(json.path("output_tokens_per_second").doubleValue()).isPositive();
	}

	@Test
	void leavesStandardOutputToJsonAlone() throws IOException {
		try (var server = ScriptedServer.obedient()) {
			assertThat(execute(server.url(), "--workload", "single", "--json", "-")).isZero();
		}

		assertThat(JsonMapper.shared().readTree(output.toString()).path("total").path("complete").intValue())
				.isEqualTo(10);
		assertThat(errors.toString()).contains("10 complete");
	}

	@Test
	void aimsAtTheLengthOfPromptsInTokens() throws IOException {
		try (var server = ScriptedServer.obedient()) {
			execute(server.url(), "--workload", "single", "--prompt-tokens", "300", "--warmup", "0");

			assertThat(server.requests().subList(2, 12)).allSatisfy(request -> assertThat(length(request)
					/ ScriptedServer.CHARACTERS_PER_TOKEN).isBetween(297, 303));
		}
	}

	@Test
	void countsFailuresByKindAndFailsWhenNothingSucceeds() throws IOException {
		ScriptedServer.Script script = (request, exchange) -> {
			if (request.path("max_tokens").intValue() == 1) {
				try (var stream = ScriptedServer.stream(exchange)) {
					ScriptedServer.delta(stream, "one");
					ScriptedServer.finish(stream, request, 1);
				}
			} else {
				ScriptedServer.respond(exchange, 503, "{\"error\":\"model_loading\"}");
			}
		};
		try (var server = new ScriptedServer(script)) {
			assertThat(execute(server.url(), "--workload", "single", "--warmup", "0")).isOne();
		}

		assertThat(output.toString()).contains("0 complete, 10 failed",
				"10 x http_503, such as: {\"error\":\"model_loading\"}");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', value = {
			"--workload nope|'nope' must be one of single, shared-prefix",
			"--users 1|'--workload' is missing", "--workload fan --slo ttft=5|'5' must be a number and a unit",
			"--workload fan --slo speed=5s|'speed' must be one of ttft, itl, tpot, e2e",
			"--workload fan --users 0|'--users' must be between 1 and 10000, but is 0",
			"--workload fan --users many|'many' is not an int",
			"--workload stall --rate 3|'--rate' does not fit the workload stall",
			"--workload fan --rate -1|'--rate' must be between 0 and 10000, but is -1.0",
			"--workload fan --timeout 0s|'--timeout' must be above 0",
			"--workload fan --state x|'--state and --skip-opening' fit the workload revisit only",
			"--workload revisit --skip-opening|'--skip-opening' needs --state",
			"--workload fan --body x={|--body is no JSON"})
	void saysWhatIsWrongWithTheArguments(String arguments, String problem) throws IOException {
		try (var server = ScriptedServer.obedient()) {
			var all = new ArrayList<>(List.of(arguments.split(" ")));
			all.add(server.url());

			assertThat(execute(all.toArray(String[]::new))).isEqualTo(2);
		}

		assertThat(errors.toString()).contains(problem);
	}

	private static int length(JsonNode request) {
		return request.path("messages").path(0).path("content").asString().length();
	}

	private int execute(String... arguments) {
		return new CommandLine(new BenchCommand()).setOut(new PrintWriter(output)).setErr(new PrintWriter(errors))
				.execute(arguments);
	}

}
