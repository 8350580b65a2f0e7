package dev.corral.openai;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.context.ApplicationContext;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.RequestMappingInfoHandlerMapping;

/** The routes that a server has, whoever made them. */
final class RouteTable {

	private static final Pattern VARIABLE = Pattern.compile("\\{[^}]*}");

	private RouteTable() {
	}

	/** @param pattern of its path, with variables in braces */
	record Route(String method, String pattern) {

		/** The path with this in place of each variable. */
		String with(String value) {
			return VARIABLE.matcher(pattern).replaceAll(Matcher.quoteReplacement(value))
					.replace("/**", "/" + value).replace("*", "x");
		}

		boolean matches(FuzzedRoute described) {
			var path = described.path().replaceFirst("\\?.*", "");
			return described.method().equals(method)
					&& path.matches(VARIABLE.matcher(pattern).replaceAll("[^/]+").replace("/**", "/.*"));
		}

	}

	static List<Route> of(ApplicationContext context) {
		var routes = new ArrayList<Route>();
		for (var mapping : context.getBeansOfType(RequestMappingInfoHandlerMapping.class).values()) {
			mapping.getHandlerMethods().keySet().forEach(info -> add(info, routes));
		}
		// What is no handler's: the page and its files.
		for (var path : List.of("/", "/index.html", "/assets/{file}", "/favicon.svg", "/c/{id}", "/{unknown}")) {
			routes.add(new Route("GET", path));
		}
		return routes.stream().distinct().sorted((one, other) -> (one.pattern + one.method)
				.compareTo(other.pattern + other.method)).toList();
	}

	private static void add(RequestMappingInfo info, List<Route> routes) {
		var methods = info.getMethodsCondition().getMethods();
		Collection<RequestMethod> all = methods.isEmpty() ? List.of(RequestMethod.GET, RequestMethod.POST) : methods;
		for (var pattern : info.getPatternsCondition().getPatterns()) {
			all.forEach(method -> routes.add(new Route(method.name(), pattern.getPatternString())));
		}
	}

}
