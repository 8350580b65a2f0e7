package dev.corral.openai;

import org.springframework.web.server.ServerWebExchange;

/** Which requests are this API's: {@code /v1} and everything below. The page and the actuator are not. */
final class ApiPaths {

	private ApiPaths() {
	}

	static boolean includes(ServerWebExchange exchange) {
		var path = exchange.getRequest().getPath().pathWithinApplication().value();
		return path.equals("/v1") || path.startsWith("/v1/");
	}

}
