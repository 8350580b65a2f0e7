package dev.corral.access;

import org.springframework.http.server.reactive.ServerHttpRequest;

/** Tells who is calling. */
public interface Callers {

	/**
	 * The caller's name, 1 to 128 characters: the owner of what the request makes, and the only one who finds it again. On routes that ask
	 * nobody who they are there is none to be told.
	 */
	String name(ServerHttpRequest request);

}
