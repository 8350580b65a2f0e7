package dev.corral.chat;

import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

import dev.corral.access.Callers;
import dev.corral.conversation.Owner;

/** Whose conversations a request is about: the caller's, and nobody else's. */
@Component
class ConversationOwners {

	private final Callers callers;

	ConversationOwners(Callers callers) {
		this.callers = callers;
	}

	Owner of(ServerWebExchange exchange) {
		return new Owner(callers.name(exchange.getRequest()));
	}

}
