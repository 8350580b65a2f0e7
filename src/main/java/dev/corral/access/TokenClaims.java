package dev.corral.access;

import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.springframework.security.oauth2.jwt.Jwt;

import dev.corral.access.keys.ApiKey;
import dev.corral.access.keys.Role;
import dev.corral.access.keys.Secret;
import dev.corral.inference.InvalidParameter;

/** Reads what a good token lets its bearer do. Immutable. */
final class TokenClaims {

	/** Keeps owners by token from owners by key. */
	static final String OWNER_PREFIX = "oidc:";

	private final OidcSettings settings;

	TokenClaims(OidcSettings settings) {
		this.settings = settings;
	}

	/** As a key with the limits of all; empty if the token lets nobody in. */
	Optional<ApiKey> caller(Jwt token) {
		var roles = texts(token, settings.roleClaim());
		boolean admin = !Collections.disjoint(roles, settings.adminValues());
		boolean user = settings.userValues().isEmpty() || !Collections.disjoint(roles, settings.userValues());
		var models = settings.modelsClaim().isEmpty() ? Set.<String>of() : texts(token, settings.modelsClaim());
		// To a key, no models are all models.
		boolean none = !settings.modelsClaim().isEmpty() && models.isEmpty();
		if (!(token.getClaim(settings.ownerClaim()) instanceof String owner) || owner.isBlank() || none
				|| !(admin || user)) {
			return Optional.empty();
		}
		try {
			return Optional.of(new ApiKey(name(owner), name(owner), admin ? Role.ADMIN : Role.USER, models,
					token.getExpiresAt()));
		} catch (InvalidParameter unusable) {
			return Optional.empty();
		}
	}

	private static String name(String owner) {
		var name = OWNER_PREFIX + owner;
		return name.length() <= ApiKey.MAX_NAME ? name : OWNER_PREFIX + Secret.hash(owner);
	}

	private static Set<String> texts(Jwt token, String claim) {
		return switch (claim.isEmpty() ? null : token.<Object>getClaim(claim)) {
			case String text -> Set.of(text);
			case Collection<?> several -> several.stream().filter(String.class::isInstance).map(String.class::cast)
					.collect(Collectors.toUnmodifiableSet());
			case null, default -> Set.of();
		};
	}

}
