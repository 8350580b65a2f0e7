package dev.corral.access;

import java.net.URI;
import java.util.List;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whose access tokens let callers in, and as whom.
 *
 * @param issuer the issuer's address, exactly as it writes itself; empty for none
 * @param audience what a token must be for
 * @param ownerClaim the claim that tells whose conversations a caller has
 * @param roleClaim the claim with a caller's roles or groups
 * @param adminValues values of that claim whose bearers are administrators
 * @param userValues values of that claim whose bearers may call; empty for all
 * @param modelsClaim the claim with the models that a caller may use; empty for all models
 */
record OidcSettings(@DefaultValue("") String issuer, @DefaultValue("") String audience,
		@DefaultValue("sub") String ownerClaim, @DefaultValue("groups") String roleClaim,
		@DefaultValue List<String> adminValues, @DefaultValue List<String> userValues,
		@DefaultValue("") String modelsClaim) {

	/** No tokens are taken. */
	static final OidcSettings OFF = new OidcSettings("", "", "sub", "groups", List.of(), List.of(), "");

	/** @throws AccessRefused if tokens could not be checked, or not safely */
	OidcSettings {
		issuer = issuer.strip();
		audience = audience.strip();
		ownerClaim = ownerClaim.strip();
		roleClaim = roleClaim.strip();
		modelsClaim = modelsClaim.strip();
		adminValues = List.copyOf(adminValues);
		userValues = List.copyOf(userValues);
		if (!issuer.isEmpty()) {
			if (!IssuerAddress.safe(issuer)) {
				throw new AccessRefused("corral.access.oidc.issuer is no https address.",
						"Write it as the issuer does, such as https://login.example/realms/staff.");
			}
			if (audience.isEmpty() || ownerClaim.isEmpty()) {
				throw new AccessRefused("corral.access.oidc has an issuer, and no audience or no owner-claim.",
						"Set audience to what the tokens for this server have as aud, and owner-claim to sub.");
			}
			if (roleClaim.isEmpty() && !(adminValues.isEmpty() && userValues.isEmpty())) {
				throw new AccessRefused("corral.access.oidc has values of roles, and no role-claim.",
						"Set role-claim to the claim that has them.");
			}
		}
	}

	boolean on() {
		return !issuer.isEmpty();
	}

	/** Where the issuer tells about itself (OpenID Connect Discovery 1.0, section 4). */
	URI discovery() {
		return URI.create(issuer.replaceFirst("/$", "") + "/.well-known/openid-configuration");
	}

}
