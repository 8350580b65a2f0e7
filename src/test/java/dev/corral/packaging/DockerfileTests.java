package dev.corral.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class DockerfileTests {

	private final Dockerfile dockerfile = read();

	@Test
	void copiesOnlyWhatTheContextHas() {
		var copied = dockerfile.stages().stream().flatMap(stage -> stage.all("COPY").stream())
				.filter(copy -> !copy.startsWith("--from")).flatMap(copy -> Dockerfile.sources(copy).stream()).toList();

		// A build makes these.
		var sources = copied.stream().filter(source -> !source.startsWith("target/")).toList();
		assertThat(sources).isNotEmpty().allSatisfy(source -> assertThat(Path.of(source)).exists());
		assertThat(ignoreFile()).containsAll(copied.stream().map(source -> "!" + source)
				.map(entry -> entry.startsWith("!runtime/") ? "!runtime" : entry).toList());
	}

	@Test
	void copiesFromStagesThatComeBefore() {
		var known = dockerfile.stages().stream().map(Dockerfile.Stage::name).toList();

		assertThat(dockerfile.stages()).allSatisfy(stage -> assertThat(known.subList(0, known.indexOf(stage.name())))
				.containsAll(stage.all("COPY").stream().filter(copy -> copy.startsWith("--from="))
						.map(copy -> copy.substring("--from=".length(), copy.indexOf(' '))).toList()));
	}

	@Test
	void pinsTheVersionOfEveryBase() {
		var known = dockerfile.stages().stream().map(Dockerfile.Stage::name).collect(Collectors.toSet());

		var bases = dockerfile.stages().stream().map(Dockerfile.Stage::base)
				.filter(base -> !known.contains(base) && !Set.of("scratch", "${JAR}").contains(base)).toList();

		assertThat(bases).isNotEmpty().allSatisfy(base -> assertThat(base).matches("[a-z/]+:\\d+\\.\\d+.*"));
	}

	@Test
	void holdsTheCudaPackToItsChecksum() throws IOException {
		var lock = Files.readString(Path.of("runtime/cuda/package-lock.json"));

		assertThat(lock).contains("\"integrity\": \"sha512-").doesNotContain("resolved");
		assertThat(lock).contains(Files.readString(Path.of("runtime/package.json"))
				.replaceAll("(?s).*linux-x64\": \"([^\"]+)\".*", "\"version\": \"$1\""));
		assertThat(dockerfile.stage("cuda-pack").last("RUN")).startsWith("npm ci").contains("--ignore-scripts");
	}

	@Test
	void buildsTheCpuImageWhereNoTargetIsNamed() {
		assertThat(dockerfile.stages().getLast().name()).isEqualTo("cpu");
	}

	@Test
	void hasTwoImagesThatDifferInTheirBaseAndPackAlone() {
		var cpu = dockerfile.stage("cpu-files").instructions();
		var cuda = dockerfile.stage("cuda-files").instructions();

		assertThat(cuda.stream().filter(one -> !one.rest().endsWith(" llamacpp")))
				.containsExactlyElementsOf(cpu.stream().filter(one -> !one.rest().endsWith(" llamacpp")).toList());
		for (var keyword : List.of("USER", "WORKDIR", "VOLUME", "STOPSIGNAL", "HEALTHCHECK", "ENTRYPOINT", "EXPOSE")) {
			assertThat(dockerfile.stage("cuda").all(keyword)).isEqualTo(dockerfile.stage("cpu").all(keyword));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"cpu", "cuda"})
	void runsAsNobodySpecialAndGetsSignalsItself(String target) {
		var stage = dockerfile.stage(target);

		assertThat(stage.last("USER")).isEqualTo("10001:10001");
		assertThat(stage.last("STOPSIGNAL")).isEqualTo("SIGTERM");
		assertThat(execForm(stage.last("ENTRYPOINT"))).first().isEqualTo("/opt/corral/runtime/bin/java");
		assertThat(execForm(stage.last("VOLUME"))).containsExactly("/data", "/models");
	}

	@ParameterizedTest
	@ValueSource(strings = {"cpu", "cuda"})
	void asksForItsHealthWithWhatTheImageHas(String target) throws ClassNotFoundException {
		var check = dockerfile.stage(target).last("HEALTHCHECK");

		var command = execForm(check.substring(check.indexOf("CMD") + 3).strip());

		assertThat(command.getFirst()).isEqualTo("/opt/corral/runtime/bin/java");
		assertThat(Class.forName(command.getLast()).getDeclaredMethods())
				.anySatisfy(method -> assertThat(method.getName()).isEqualTo("main"));
	}

	@ParameterizedTest
	@ValueSource(strings = {"cpu", "cuda"})
	void saysWhatItIsAndHasNoSecrets(String target) throws IOException {
		var stage = dockerfile.stage(target);

		assertThat(stage.last("LABEL")).contains("org.opencontainers.image.title=",
				"org.opencontainers.image.description=", "org.opencontainers.image.licenses=\"Apache-2.0\"",
				"org.opencontainers.image.version=\"" + version() + "\"");
		assertThat(stage.all("ENV") + "" + stage.all("ARG")).doesNotContainIgnoringCase("password")
				.doesNotContainIgnoringCase("_KEY").doesNotContainIgnoringCase("token");
	}

	/** Of the project, less what marks a build between releases. */
	private static String version() throws IOException {
		return Files.readString(Path.of("pom.xml"))
				.replaceAll("(?s).*<artifactId>corral</artifactId>\\s*<version>([^<]+)</version>.*", "$1")
				.replace("-SNAPSHOT", "");
	}

	private static List<String> execForm(String command) {
		return List.of(JsonMapper.shared().readValue(command, String[].class));
	}

	private static List<String> ignoreFile() {
		try {
			return Files.readAllLines(Path.of(".dockerignore"));
		} catch (IOException failure) {
			throw new AssertionError(failure);
		}
	}

	private static Dockerfile read() {
		try {
			return Dockerfile.read();
		} catch (IOException failure) {
			throw new AssertionError(failure);
		}
	}

}
