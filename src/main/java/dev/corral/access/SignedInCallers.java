package dev.corral.access;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;

/** Callers by the owners of their keys. */
@Component
class SignedInCallers implements Callers {

	@Override
	public String name(ServerHttpRequest request) {
		var caller = SignedIn.of(request);
		if (caller == null) {
			throw new IllegalStateException("nobody is known to call on a route that is open to all");
		}
		return caller.key().owner();
	}

}
