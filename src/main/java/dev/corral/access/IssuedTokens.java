package dev.corral.access;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSecurityContextJWKSet;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWKSecurityContext;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jwt.proc.ConfigurableJWTProcessor;

import dev.corral.access.keys.ApiKey;
import dev.corral.web.RequestRefused;
import reactor.core.publisher.Mono;

/** Tells who somebody is by an access token of the configured issuer. Safe for any thread. */
@Component
class IssuedTokens {

	static final String BAD_TOKEN = "The access token is not valid: it is not signed by this server's issuer, is for somebody else, has expired or does not say who you are.";

	static final String ISSUER_UNAVAILABLE = "issuer_unavailable";

	private static final Logger log = LoggerFactory.getLogger(IssuedTokens.class);

	/** Three parts in base64url, of which the first is JSON. */
	private static final Pattern FORM = Pattern.compile("eyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*");

	/** Signatures that nobody can make who knows what is public. */
	private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.RS384,
			JWSAlgorithm.RS512, JWSAlgorithm.PS256, JWSAlgorithm.PS384, JWSAlgorithm.PS512, JWSAlgorithm.ES256,
			JWSAlgorithm.ES384, JWSAlgorithm.ES512);

	private final OidcSettings settings;

	private final TokenClaims claims;

	private final ReactiveJwtDecoder decoder;

	@Autowired
	IssuedTokens(AccessSettings settings) {
		this(settings.oidc(), System::nanoTime);
	}

	IssuedTokens(OidcSettings settings, LongSupplier nanoTime) {
		this.settings = settings;
		this.claims = new TokenClaims(settings);
		this.decoder = decoder(settings, new IssuerKeys(settings, WebClient.create(), nanoTime));
	}

	private static ReactiveJwtDecoder decoder(OidcSettings settings, IssuerKeys keys) {
		var decoder = NimbusReactiveJwtDecoder.withJwkSource(keys::of)
				.jwtProcessorCustomizer(IssuedTokens::restrict).build();
		var times = new JwtTimestampValidator();
		times.setAllowEmptyExpiryClaim(false);
		decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(times,
				new JwtIssuerValidator(settings.issuer()), new JwtClaimValidator<List<String>>("aud",
						audiences -> audiences != null && audiences.contains(settings.audience()))));
		return decoder;
	}

	/** The type {@code at+jwt} is that of RFC 9068. */
	private static void restrict(ConfigurableJWTProcessor<JWKSecurityContext> processor) {
		processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, new JWKSecurityContextJWKSet()));
		processor.setJWSTypeVerifier(
				new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
	}

	/**
	 * What the bearer of a token may do; empty if the text is no token, or none are taken. An error signal is {@link BadCredentialsException} for a
	 * token that does not let anybody in, and {@link RequestRefused} with 503 if the issuer cannot be asked for its keys.
	 */
	Mono<ApiKey> caller(String text) {
		if (!settings.on() || !FORM.matcher(text).matches()) {
			return Mono.empty();
		}
		return Mono.defer(() -> decoder.decode(text)).onErrorMap(IssuedTokens::refused).map(this::caller);
	}

	private ApiKey caller(Jwt token) {
		return claims.caller(token).orElseThrow(() -> new BadCredentialsException(BAD_TOKEN));
	}

	private static Throwable refused(Throwable problem) {
		if (problem instanceof JwtException) {
			return new BadCredentialsException(BAD_TOKEN);
		}
		log.warn("The issuer of access tokens could not be asked for its keys: {}", String.valueOf(problem.getCause()));
		return new RequestRefused(HttpStatus.SERVICE_UNAVAILABLE, ISSUER_UNAVAILABLE,
				"The issuer of access tokens cannot be asked for its keys now. Try again in some seconds, or use an API key.",
				Map.of(HttpHeaders.RETRY_AFTER, String.valueOf(IssuerKeys.PAUSE.toSeconds())));
	}

}
