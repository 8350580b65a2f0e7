package dev.corral.access;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.reactive.function.server.support.RouterFunctionMapping;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.RequestMappingInfoHandlerMapping;

import dev.corral.openai.HttpContract;
import dev.corral.web.ApiDescription;

import static org.assertj.core.api.Assertions.assertThat;

/** Every route of the server was decided upon. */
class RouteRulesIntegrationTests extends HttpContract {

	@Autowired
	private ObjectProvider<RequestMappingInfoHandlerMapping> mappings;

	@Autowired
	private ObjectProvider<RouterFunctionMapping> functions;

	@Autowired
	private ApiDescription description;

	@Test
	void hasARuleForEveryRoute() {
		var routes = mappings.stream().flatMap(mapping -> mapping.getHandlerMethods().keySet().stream())
				.flatMap(RouteRulesIntegrationTests::routes).toList();
		var functional = functions.stream().flatMap(mapping -> paths(mapping).stream())
				.map(path -> new Route(HttpMethod.GET, path)).toList();

		assertThat(routes).hasSizeGreaterThan(50);
		assertThat(Stream.concat(routes.stream(), functional.stream())).allSatisfy(
				route -> assertThat(RouteRules.decided(route.method(), PathContainer.parsePath(route.path())))
						.as("A rule for %s. Decide who may call it, in RouteRules.", route).isPresent());
	}

	@Test
	void describesWhichRoutesNeedNoKey() {
		assertThat(description.document().path("security").values()).isNotEmpty();
		description.document().path("paths").properties().forEach(path -> path.getValue().properties()
				.forEach(operation -> {
					var method = HttpMethod.valueOf(operation.getKey().toUpperCase(Locale.ROOT));
					var access = RouteRules.of(method, PathContainer.parsePath(sample(path.getKey())));

					assertThat(operation.getValue().has("security")).as(method + " " + path.getKey())
							.isEqualTo(access == Access.PUBLIC || access == Access.OPTIONAL);
				}));
	}

	@ParameterizedTest
	@CsvSource({"GET, /, PUBLIC", "HEAD, /index.html, PUBLIC", "POST, /, KEY", "GET, /assets/a/b.js, PUBLIC",
			"GET, /c/0190c5f0, PUBLIC", "GET, /shared/x, PUBLIC", "GET, /api/shared/x, PUBLIC",
			"GET, /api/shared/x/y, KEY",
			"DELETE, /api/shared/x, KEY", "POST, /api/session, OPTIONAL", "GET, /actuator/health/readiness, OPTIONAL",
			"GET, /actuator/health, KEY", "GET, /actuator/env, ADMIN", "GET, /api/keys, ADMIN",
			"DELETE, /api/keys/x, ADMIN",
			"GET, /api/keys/, ADMIN", "GET, /api/workers, ADMIN", "POST, /api/workers/register, ADMIN",
			"POST, /v1/chat/completions, KEY", "GET, /v1/../api/keys, KEY", "GET, /api;a=b/keys, ADMIN",
			"GET, /api/%6beys, ADMIN", "GET, /API/keys, KEY", "GET, /nothing, KEY", "GET, /c, PUBLIC", "GET, /cc, KEY"})
	void decides(String method, String path, Access access) {
		assertThat(RouteRules.of(HttpMethod.valueOf(method), PathContainer.parsePath(path))).isEqualTo(access);
	}

	@Test
	void saysNothingAboutWhatItDoesNotKnow() {
		assertThat(RouteRules.decided(HttpMethod.GET, PathContainer.parsePath("/api/nothing"))).isEmpty();
	}

	private static Stream<Route> routes(RequestMappingInfo mapping) {
		var methods = mapping.getMethodsCondition().getMethods();
		Collection<RequestMethod> all = methods.isEmpty() ? List.of(RequestMethod.GET, RequestMethod.POST) : methods;
		return mapping.getPatternsCondition().getPatterns().stream()
				.map(pattern -> sample(pattern.getPatternString()))
				.flatMap(path -> all.stream().map(method -> new Route(HttpMethod.valueOf(method.name()), path)));
	}

	private static String sample(String pattern) {
		return pattern.replaceAll("\\{[^}]*}", "x");
	}

	/** The paths of functional routes, such as Spring Boot's for the first page. */
	private static Set<String> paths(RouterFunctionMapping mapping) {
		var paths = new TreeSet<String>();
		var function = mapping.getRouterFunction();
		if (function != null) {
			// Each is written with its predicate, which holds its path; other slashes are within words.
			Pattern.compile("(?<![^\\s(])/[^\\s)\\]]*").matcher(function.toString()).results().map(MatchResult::group)
					.forEach(paths::add);
		}
		return paths;
	}

	private record Route(HttpMethod method, String path) {
	}

}
