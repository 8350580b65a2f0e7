package dev.corral.access;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;

/** Whoever reaches a server that knows no users is its one user. */
@Component
class OneCaller implements Callers {

	@Override
	public String name(ServerHttpRequest request) {
		return "local";
	}

}
