package dev.corral.access;

import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;

/** What a request shows to be let in, not yet looked at. */
final class Offered extends AbstractAuthenticationToken {

	private final Kind kind;

	private final String secret;

	Offered(Kind kind, String secret) {
		super(AuthorityUtils.NO_AUTHORITIES);
		this.kind = kind;
		this.secret = secret;
	}

	Kind kind() {
		return kind;
	}

	@Override
	public String getCredentials() {
		return secret;
	}

	@Override
	public String getPrincipal() {
		return kind.name();
	}

	/** A key, or the token of a browser that has signed in with one. */
	enum Kind {

		KEY, TOKEN

	}

}
