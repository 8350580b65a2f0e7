package dev.corral.access;

import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;

import dev.corral.access.keys.ApiKey;
import dev.corral.access.keys.Role;

/** Somebody who may call, and what their key lets them do. */
final class SignedIn extends AbstractAuthenticationToken {

	/** Whoever reaches a server that asks for no keys. */
	static final SignedIn LOCAL = new SignedIn(ApiKey.of("local", Role.ADMIN));

	/** Of the request. */
	private static final String ATTRIBUTE = SignedIn.class.getName();

	private final transient ApiKey key;

	SignedIn(ApiKey key) {
		super(AuthorityUtils.createAuthorityList(
				key.admin() ? Set.of(authority(Role.ADMIN), authority(Role.USER)) : Set.of(authority(Role.USER))));
		this.key = key;
		setAuthenticated(true);
	}

	private static String authority(Role role) {
		return "ROLE_" + role.name();
	}

	/** Who has called; {@code null} on routes where nobody has to say. */
	static @Nullable SignedIn of(ServerHttpRequest request) {
		return (SignedIn) request.getAttributes().get(ATTRIBUTE);
	}

	void rememberIn(ServerHttpRequest request) {
		request.getAttributes().put(ATTRIBUTE, this);
	}

	ApiKey key() {
		return key;
	}

	/** Nobody needs the secret any more. */
	@Override
	public String getCredentials() {
		return "";
	}

	@Override
	public String getPrincipal() {
		return key.owner();
	}

}
