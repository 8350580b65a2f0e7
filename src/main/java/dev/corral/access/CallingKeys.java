package dev.corral.access;

import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;

import dev.corral.access.keys.ApiKey;

/** Tells with which key somebody is calling. Safe for any thread. */
@Component
public class CallingKeys {

	/** Where no key is needed, that of {@code local}; {@code null} on routes where nobody has to say who they are, and has not. */
	public @Nullable ApiKey of(ServerHttpRequest request) {
		var caller = SignedIn.of(request);
		return caller == null ? null : caller.key();
	}

}
