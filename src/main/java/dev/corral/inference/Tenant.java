package dev.corral.inference;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Whose key a request came with, where tenants must not share cached prefixes. It travels in Reactor's context, from the edge that knows who is
 * calling to where engines are asked, so that nothing that a request says can make it another's. Immutable.
 *
 * @param owner of the key, not empty and without control characters
 */
public record Tenant(String owner) {

	/** Between the owner and who the request says its user is; in no owner's name. */
	private static final char USER = '\1';

	public Tenant {
		if (owner.isEmpty() || owner.chars().anyMatch(Character::isISOControl)) {
			throw new IllegalArgumentException("A tenant needs an owner without control characters");
		}
	}

	/** That of the request that subscribes; {@code null} where nobody is told apart by keys. */
	public static @Nullable Tenant of(ContextView context) {
		return context.<Tenant>getOrDefault(Tenant.class, null);
	}

	/** To be given to {@code contextWrite}. */
	public Function<Context, Context> intoContext() {
		return context -> context.put(Tenant.class, this);
	}

	/** The request as one of this tenant. Users whom the request tells apart stay apart, within the tenant. */
	public GenerationRequest claim(GenerationRequest request) {
		var user = request.tenant();
		return request.withTenant(user.isEmpty() || user.equals(owner) ? owner : owner + USER + user);
	}

}
