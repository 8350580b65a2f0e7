package dev.corral.packaging;

import java.nio.file.Path;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

import static org.assertj.core.api.Assertions.assertThat;

class ComposeTests {

	private final JsonNode services = new YAMLMapper().readTree(Path.of("docker-compose.yml").toFile()).get("services");

	@Test
	void opensNoPortBeyondTheMachine() {
		var ports = StreamSupport.stream(services.spliterator(), false)
				.flatMap(service -> service.path("ports").valueStream())
				.map(JsonNode::asString).toList();

		assertThat(ports).containsExactly("127.0.0.1:8080:8080");
	}

	@Test
	void refusesToStartWithoutSecrets() {
		var corral = services.get("corral").get("environment");

		assertThat(corral.get("CORRAL_ACCESS_KEYS_ADMIN_KEY").asString()).startsWith("${CORRAL_KEY:?");
		assertThat(corral.get("CORRAL_STORE_PASSWORD").asString()).startsWith("${POSTGRES_PASSWORD:?");
		assertThat(services.get("database").get("environment").get("POSTGRES_PASSWORD").asString())
				.startsWith("${POSTGRES_PASSWORD:?");
	}

	@Test
	void waitsForADatabaseThatTellsItsHealth() {
		assertThat(services.get("corral").at("/depends_on/database/condition").asString()).isEqualTo("service_healthy");
		assertThat(services.get("database").at("/healthcheck/test/1").asString()).isEqualTo("pg_isready");
	}

	@Test
	void givesCorralNothingToWriteButItsFolders() {
		var corral = services.get("corral");

		assertThat(corral.get("read_only").asBoolean()).isTrue();
		assertThat(corral.at("/cap_drop/0").asString()).isEqualTo("ALL");
		assertThat(corral.at("/tmpfs/0").asString()).startsWith("/tmp:exec");
		assertThat(corral.at("/volumes/1").asString()).endsWith(":/models:ro");
	}

	@Test
	void buildsATargetThatTheDockerfileHas() throws Exception {
		var target = services.get("corral").at("/build/target").asString();

		assertThat(target).isEqualTo("${CORRAL_TARGET:-cpu}");
		assertThat(Dockerfile.read().stages()).extracting(Dockerfile.Stage::name).contains("cpu", "cuda");
	}

}
