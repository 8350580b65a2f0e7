package dev.corral.openai;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import dev.corral.RealApplication;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs the tests in {@code src/test/clients}, which the build has installed if it could. */
@EnabledIf(value = "areInstalled", disabledReason = "The JavaScript clients are not installed: the build needs npm and a registry for that, and no -DskipFrontend.")
class JavaScriptClientsIntegrationTests extends RealApplication {

	private static final Path FOLDER = Path.of("src/test/clients");

	@TempDir
	private Path folder = Path.of("");

	static boolean areInstalled() {
		return Files.exists(FOLDER.resolve("node_modules/.package-lock.json"));
	}

	@Test
	@Timeout(value = 5, unit = TimeUnit.MINUTES)
	void answersTheClientsThatJavaScriptProgramsUse() throws IOException, InterruptedException {
		var output = folder.resolve("output.txt");
		var tests = new ProcessBuilder("node", "--test", "--test-reporter=tap").directory(FOLDER.toFile())
				.redirectErrorStream(true).redirectOutput(output.toFile());
		tests.environment().put("CORRAL_URL", "http://localhost:" + port);

		int status = tests.start().waitFor();

		var report = Files.readString(output, StandardCharsets.UTF_8);
		assertThat(status).as(report).isZero();
		assertThat(report).containsPattern("# pass [1-9]").contains("# skipped 0");
	}

}
