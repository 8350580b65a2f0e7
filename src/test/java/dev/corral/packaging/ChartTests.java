package dev.corral.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.marcnuri.helm.Helm;

import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ChartTests {

	private static final Path CHART = Path.of("helm/corral");

	/** Custom resources, whose schemas come with their operators. */
	private static final Set<String> CUSTOM = Set.of("ScaledObject", "ServiceMonitor");

	private static final YAMLMapper YAML = new YAMLMapper();

	@Test
	void passesLint() {
		// Without values it says what is missing; with them it is rendered below.
		var result = new Helm(CHART).lint().call();

		assertThat(result.getMessages()).noneMatch(message -> message.contains("[WARNING]"));
		assertThat(result.getMessages()).filteredOn(message -> message.contains("[ERROR]"))
				.allMatch(message -> message.contains("access.existingSecret is missing"));
	}

	@ParameterizedTest
	@ValueSource(strings = {"cpu-demo", "one-gpu", "several-models"})
	void rendersWhatKubernetesKnows(String example) throws IOException {
		var schemas = new KubernetesSchemas();

		var manifests = render(example);

		assertThat(manifests).filteredOn(manifest -> !CUSTOM.contains(kind(manifest)))
				.hasSizeGreaterThan(3).allSatisfy(manifest -> assertThat(schemas.problems(manifest)).isEmpty());
	}

	@Test
	void findsWhatKubernetesDoesNotKnow() throws IOException {
		var deployment = YAML.readTree("""
			apiVersion: apps/v1
			kind: Deployment
			spec: {replicas: two, template: {spec: {containers: [{name: x, imagePullPolice: Always}]}}}
			""");

		var problems = new KubernetesSchemas().problems(deployment);

		assertThat(problems).containsExactlyInAnyOrder("apps/v1 Deployment.spec.replicas: not a whole number",
				"apps/v1 Deployment.spec.template.spec.containers[]: unknown field imagePullPolice");
	}

	@ParameterizedTest
	@ValueSource(strings = {"cpu-demo", "one-gpu", "several-models"})
	void runsAllPodsRestricted(String example) {
		var pods = render(example).stream().map(manifest -> manifest.at("/spec/template/spec"))
				.filter(pod -> pod.has("containers")).toList();

		assertThat(pods).isNotEmpty().allSatisfy(pod -> {
			assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
			assertThat(pod.at("/securityContext/seccompProfile/type").asString()).isEqualTo("RuntimeDefault");
			assertThat(pod.get("automountServiceAccountToken").asBoolean()).isFalse();
			for (var containers : List.of(pod.get("containers"), pod.path("initContainers"))) {
				containers.forEach(container -> {
					assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true)).isFalse();
					assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
					assertThat(container.at("/securityContext/capabilities/drop/0").asString()).isEqualTo("ALL");
				});
			}
		});
	}

	@Test
	void givesEachModelWorkersOfItsOwn() {
		var kinds = render("several-models").stream().collect(groupingBy(ChartTests::kind));

		assertThat(kinds.get("StatefulSet")).extracting(ChartTests::name).containsExactlyInAnyOrder("x-cria",
				"x-vicuna");
		assertThat(kinds.get("StatefulSet")).filteredOn(set -> name(set).equals("x-vicuna")).singleElement()
				.satisfies(set -> {
					assertThat(
							set.at("/spec/template/spec/containers/0/resources/limits").path("nvidia.com/gpu").asInt())
							.isEqualTo(1);
					assertThat(set.at("/spec/template/spec/containers/0/image").asString()).endsWith("-cuda");
				});
		assertThat(kinds.get("Service")).filteredOn(service -> name(service).equals("x-cria")).singleElement()
				.satisfies(service -> assertThat(service.at("/spec/clusterIP").asString()).isEqualTo("None"));
		assertThat(kinds).containsKeys("HorizontalPodAutoscaler", "PodDisruptionBudget", "HTTPRoute", "Ingress",
				"ServiceMonitor", "ScaledObject", "NetworkPolicy");
	}

	@Test
	void tellsGatewaysWhereTheirWorkersAre() {
		var settings = settings("x-gateway", render("one-gpu"));

		assertThat(settings.at("/corral/role").asString()).isEqualTo("gateway");
		assertThat(settings.at("/corral/workers/mode").asString()).isEqualTo("remote");
		assertThat(settings.at("/corral/workers/remote/0/url").asString()).isEqualTo("dns://x-vicuna.chat.svc:8080");
		assertThat(settings.at("/corral/models/vicuna/file").asString())
				.isEqualTo("/models/vicuna-7b-v1.5.Q4_K_M.gguf");
		assertThat(settings.at("/corral/models/vicuna/context-tokens").asInt()).isEqualTo(4096);
	}

	@Test
	void givesWorkersTheirModelAlone() {
		var settings = settings("x-vicuna", render("one-gpu"));

		assertThat(settings.at("/corral/role").asString()).isEqualTo("worker");
		assertThat(settings.at("/corral/models/vicuna/file").asString())
				.isEqualTo("/models/vicuna-7b-v1.5.Q4_K_M.gguf");
		assertThat(settings.at("/corral/models/cria").asString()).isEmpty();
	}

	@Test
	void holdsDownloadsToTheirChecksum() {
		var download = render("one-gpu").stream().filter(manifest -> kind(manifest).equals("StatefulSet")).findFirst()
				.orElseThrow().at("/spec/template/spec/initContainers/0");

		assertThat(download.at("/args/0").asString()).contains("--proto '=https'", "check \"$FILE.part\" ||");
		assertThat(download.get("env")).anySatisfy(
				variable -> assertThat(variable.get("value").asString()).matches("[0-9a-f]{64}"));
	}

	@Test
	void writesNoSecretIntoManifests() {
		var manifests = render("several-models");

		assertThat(manifests).noneMatch(manifest -> kind(manifest).equals("Secret"));
		assertThat(manifests.stream().flatMap(manifest -> manifest.findValues("env").stream())
				.flatMap(JsonNode::valueStream)
				.filter(variable -> variable.get("name").asString().matches(".*(KEY|PASSWORD)")))
				.isNotEmpty().allMatch(variable -> variable.at("/valueFrom").has("secretKeyRef"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {"mode|cluster|mode", "service.port|70000|port", "gateway.replica|2|replica",
			"models.cria.download.url|http://x/y|https", "models.cria.worker.gpus|-1|gpus", "store.url|mysql://x|url",
			"models.cria.file|../etc/passwd|file", "access.existingSecret|A_B|existingSecret"})
	void refusesWrongValues(String key, String value, String told) {
		var template = new Helm(CHART).template().withName("x").withKubeVersion("1.31.0")
				.withValuesFile(example("cpu-demo")).set(key, value);

		assertThatThrownBy(template::call).hasMessageContaining(told);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {"access.open|false|access.existingSecret is missing",
			"gateway.replicas|2|store.url is missing", "mode|split|models is empty"})
	void saysWhichValueIsMissing(String key, String value, String told) {
		var template = new Helm(CHART).template().withName("x").withKubeVersion("1.31.0")
				.withValuesFile(example("cpu-demo")).set(key, value);

		assertThatThrownBy(template::call).hasMessageContaining(told);
	}

	@Test
	void wantsAKeyBetweenGatewaysAndWorkers() {
		var template = new Helm(CHART).template().withName("x").withKubeVersion("1.31.0")
				.withValuesFile(example("one-gpu"))
				.set("workers.keySecret.name", "");

		assertThatThrownBy(template::call).hasMessageContaining("workers.keySecret.name is missing");
	}

	@Test
	void hasTheVersionOfTheProject() throws IOException {
		var chart = YAML.readValue(CHART.resolve("Chart.yaml").toFile(), Map.class);

		assertThat(Files.readString(Path.of("Dockerfile")))
				.contains("image.version=\"" + chart.get("appVersion") + "\"");
	}

	private static List<JsonNode> render(String example) {
		var rendered = new Helm(CHART).template().withName("x").withNamespace("chat").withKubeVersion("1.31.0")
				.withValuesFile(example(example)).call();
		return Arrays.stream(rendered.split("(?m)^---.*$")).map(YAML::readTree).filter(JsonNode::isObject).toList();
	}

	private static Path example(String name) {
		return CHART.resolve("examples").resolve(name + ".yaml");
	}

	private static JsonNode settings(String name, List<JsonNode> manifests) {
		return manifests.stream().filter(manifest -> kind(manifest).equals("ConfigMap") && name(manifest).equals(name))
				.map(manifest -> YAML.readTree(manifest.at("/data/application.yml").asString())).findFirst()
				.orElseThrow();
	}

	private static String kind(JsonNode manifest) {
		return manifest.path("kind").asString("");
	}

	private static String name(JsonNode manifest) {
		return manifest.at("/metadata/name").asString();
	}

}
