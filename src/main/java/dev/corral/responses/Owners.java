package dev.corral.responses;

import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

import dev.corral.access.Callers;
import dev.corral.conversation.Owner;

/** Whose responses and conversations a request is about: the caller's, and nobody else's. */
@Component("responsesOwners")
class Owners {

	private final Callers callers;

	Owners(Callers callers) {
		this.callers = callers;
	}

	Owner of(ServerWebExchange exchange) {
		return new Owner(callers.name(exchange.getRequest()));
	}

}
