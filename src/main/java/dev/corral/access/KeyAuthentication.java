package dev.corral.access;

import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Mono;

/** Decides who somebody is by what {@link Credentials} has found. */
@Component
class KeyAuthentication implements ReactiveAuthenticationManager {

	static final String BAD_KEY = "The API key is not valid: it is wrong, was revoked or has expired.";

	private static final String SIGNED_OUT = "You are signed out. Sign in again with an API key.";

	private final KeyRing keys;

	private final IssuedTokens tokens;

	KeyAuthentication(KeyRing keys, IssuedTokens tokens) {
		this.keys = keys;
		this.tokens = tokens;
	}

	@Override
	public Mono<Authentication> authenticate(Authentication authentication) {
		return switch (authentication) {
			case SignedIn local -> Mono.just(local);
			case Offered offered when offered.kind() == Offered.Kind.KEY ->
				keys.bySecret(offered.getCredentials()).switchIfEmpty(tokens.caller(offered.getCredentials()))
						.<Authentication>map(SignedIn::new)
						.switchIfEmpty(Mono.error(() -> new BadCredentialsException(BAD_KEY)));
			case Offered offered -> keys.byToken(offered.getCredentials()).<Authentication>map(SignedIn::new)
					.switchIfEmpty(Mono.error(() -> new BadCredentialsException(SIGNED_OUT)));
			default -> Mono.empty();
		};
	}

}
