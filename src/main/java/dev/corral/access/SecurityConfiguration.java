package dev.corral.access;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.AuthorizeExchangeSpec;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.WebFilterExchange;
import org.springframework.security.web.server.authentication.AuthenticationWebFilter;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.firewall.ServerWebExchangeFirewall;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher.MatchResult;
import org.springframework.web.server.ServerWebExchange;

import dev.corral.access.keys.Role;
import reactor.core.publisher.Mono;

/** Puts {@link RouteRules} before every route. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

	@Bean
	SecurityWebFilterChain accessChain(ServerHttpSecurity http, KeyAuthentication keys, Credentials credentials,
			Refusals refusals) {
		return http
				// ForeignRequestFilter refuses what other sites cause, and the cookie is SameSite=Strict.
				.csrf(ServerHttpSecurity.CsrfSpec::disable)
				// People sign in at /api/session, with a key and no password.
				.formLogin(ServerHttpSecurity.FormLoginSpec::disable)
				.httpBasic(ServerHttpSecurity.HttpBasicSpec::disable).logout(ServerHttpSecurity.LogoutSpec::disable)
				// The page's module sets the headers of responses, and these would forbid the caching of its files.
				.headers(ServerHttpSecurity.HeaderSpec::disable)
				// Nobody is redirected anywhere, and nothing is kept in memory about a caller.
				.requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
				.securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
				.addFilterAt(authentication(keys, credentials, refusals), SecurityWebFiltersOrder.AUTHENTICATION)
				.authorizeExchange(SecurityConfiguration::authorize)
				.exceptionHandling(
						handling -> handling.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
				.build();
	}

	private static void authorize(AuthorizeExchangeSpec routes) {
		routes.matchers(of(Access.PUBLIC), of(Access.OPTIONAL)).permitAll().matchers(of(Access.ADMIN))
				.hasRole(Role.ADMIN.name()).anyExchange().authenticated();
	}

	private static AuthenticationWebFilter authentication(KeyAuthentication keys, Credentials credentials,
			Refusals refusals) {
		var filter = new AuthenticationWebFilter(keys);
		filter.setRequiresAuthenticationMatcher(exchange -> access(exchange) == Access.PUBLIC
				? MatchResult.notMatch()
				: MatchResult.match());
		filter.setServerAuthenticationConverter(credentials);
		filter.setAuthenticationSuccessHandler(SecurityConfiguration::goOn);
		filter.setAuthenticationFailureHandler(refusals);
		return filter;
	}

	private static Mono<Void> goOn(WebFilterExchange filtered, Authentication caller) {
		var exchange = filtered.getExchange();
		var signedIn = (SignedIn) caller;
		signedIn.rememberIn(exchange.getRequest());
		return filtered.getChain().filter(exchange).contextWrite(signedIn.key().allowed().intoContext());
	}

	private static ServerWebExchangeMatcher of(Access access) {
		return exchange -> access(exchange) == access ? MatchResult.match() : MatchResult.notMatch();
	}

	private static Access access(ServerWebExchange exchange) {
		var request = exchange.getRequest();
		return RouteRules.of(request.getMethod(), request.getPath().pathWithinApplication());
	}

	/**
	 * The usual one refuses spellings of paths that other servers read in more than one way, model names with slashes among them, without an
	 * answer in an API's form. Here rules and routes read paths with the same code, and what no rule knows needs a key.
	 */
	@Bean
	ServerWebExchangeFirewall noFirewall() {
		return ServerWebExchangeFirewall.INSECURE_NOOP;
	}

	/** A timer and a span for each filter of each request would tell nothing about Corral. */
	@Bean
	SecurityObservationSettings noObservations() {
		return SecurityObservationSettings.noObservations();
	}

}
