package dev.corral.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Who may call which route; the first rule that a request matches decides. Paths are matched as those of handlers are, so that no spelling of
 * one gets by. What no rule names needs a key. A test holds every route to be named here, so that a new one is decided upon.
 */
final class RouteRules {

	private static final List<Rule> RULES = new ArrayList<>();

	static {
		// The page: its files, and the addresses under which it shows things. What it shows it asks for itself.
		read(Access.PUBLIC, "/", "/index.html", "/assets/**", "/favicon.svg", "/c/**", "/compare", "/operator",
				"/shared/**",
				"/settings");
		// What APIs there are.
		read(Access.PUBLIC, "/openapi.json", "/docs", "/docs.css");
		// Who has the link may read.
		read(Access.PUBLIC, "/api/shared/{token}");
		// Signing in; and probes, which have no key. Details, such as models' names, are for administrators.
		all(Access.OPTIONAL, "/api/session");
		read(Access.OPTIONAL, "/actuator/health/liveness", "/actuator/health/readiness", "/livez", "/readyz");
		all(Access.ADMIN, "/api/backup", "/api/keys/**", "/api/workers/**", "/worker/**");
		all(Access.KEY, "/actuator", "/actuator/health/**", "/actuator/prometheus", "/actuator/metrics/**");
		// Whatever else an operator exposes may tell all that is in memory.
		all(Access.ADMIN, "/actuator/**");
		all(Access.KEY, "/v1/**", "/tokenize", "/detokenize", "/apply-template");
		all(Access.KEY, "/api/conversations/**", "/api/messages/**", "/api/replies/**", "/api/export", "/api/import",
				"/api/usage",
				"/api/shared/**");
		// Ollama's.
		all(Access.KEY, "/api/chat", "/api/generate", "/api/tags", "/api/show", "/api/ps", "/api/version", "/api/pull",
				"/api/push", "/api/create", "/api/copy", "/api/delete", "/api/blobs/**");
	}

	private RouteRules() {
	}

	/**
	 * What the first rule says that a request matches.
	 *
	 * @param path within the application
	 */
	static Optional<Access> decided(HttpMethod method, PathContainer path) {
		return RULES.stream().filter(rule -> rule.matches(method, path)).findFirst().map(Rule::access);
	}

	/** The same, and {@link Access#KEY} where there is no rule. */
	static Access of(HttpMethod method, PathContainer path) {
		return decided(method, path).orElse(Access.KEY);
	}

	private static void read(Access access, String... patterns) {
		add(access, HttpMethod.GET, patterns);
	}

	private static void all(Access access, String... patterns) {
		add(access, null, patterns);
	}

	private static void add(Access access, @Nullable HttpMethod method, String... patterns) {
		for (var pattern : patterns) {
			RULES.add(new Rule(access, method, PathPatternParser.defaultInstance.parse(pattern)));
		}
	}

	/** @param method {@code null} for all; {@code HEAD} is answered as {@code GET} is */
	private record Rule(Access access, @Nullable HttpMethod method, PathPattern pattern) {

		boolean matches(HttpMethod asked, PathContainer path) {
			return (method == null || method.equals(asked)
					|| (method.equals(HttpMethod.GET) && asked.equals(HttpMethod.HEAD))) && pattern.matches(path);
		}

	}

}
