package dev.corral.openai;

import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

import dev.corral.RealApplication;
import dev.corral.web.ApiDescription;

import static org.assertj.core.api.Assertions.assertThat;

/** What the whole application says of itself. */
class DescriptionIntegrationTests extends RealApplication {

	@Autowired
	private ApiDescription description;

	@Autowired
	@Qualifier("requestMappingHandlerMapping")
	private RequestMappingHandlerMapping mappings;

	@Test
	void describesExactlyTheRoutesThatAreServed() {
		var served = new TreeSet<String>();
		mappings.getHandlerMethods().forEach((mapping, handler) -> mapping.getMethodsCondition().getMethods()
				.forEach(method -> mapping.getPatternsCondition().getPatterns()
						.forEach(pattern -> served
								.add(method.name() + " " + pattern.getPatternString().replace("{*", "{")))));
		served.remove("GET /docs.css");

		var described = new TreeSet<String>();
		description.document().path("paths").properties().forEach(path -> path.getValue().propertyNames()
				.forEach(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
		assertThat(described).filteredOn(route -> !route.contains("/actuator/") && !route.contains(" /worker/"))
				.containsExactlyElementsOf(served);
	}

	@Test
	void servesTheDescriptionForProgramsAndForPeople() throws Exception {
		try (var connection = RawClient.open(port)) {
			for (var path : new String[]{"/openapi.json", "/docs", "/docs.css", "/actuator/health/liveness"}) {
				connection.send("GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(path));
				var response = connection.readResponse();

				assertThat(response.status()).as(path).isEqualTo(200);
				assertThat(response.headers()).containsKey("content-security-policy");
				if (path.equals("/openapi.json")) {
					assertThat(response.json()).isEqualTo(description.document());
				}
				if (path.equals("/docs")) {
					assertThat(response.body()).contains("POST /v1/chat/completions", "max_completion_tokens",
							"<a href=\"#ChatMessage\">").doesNotContain("<script", "style=", "http://", "https://");
				}
			}
		}
	}

	@Test
	void hasNoReferenceThatLeadsNowhere() {
		var document = description.document();
		var references = Stream.concat(document.path("paths").findValues("$ref").stream(),
				document.path("components").findValues("$ref").stream()).toList();

		assertThat(references).isNotEmpty()
				.allSatisfy(reference -> assertThat(document.at(reference.stringValue().substring(1)).isMissingNode())
						.as(reference.stringValue()).isFalse());
	}

}
