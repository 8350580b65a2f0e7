package dev.corral.access;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.ResponseStatusException;

import dev.corral.access.AccessSettings.Required;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

class ForeignRequestFilterTests {

	@ParameterizedTest
	@ValueSource(strings = {"localhost", "localhost:8080", "LOCALHOST:9", "127.0.0.1:8080", "[::1]:8080", "[::1]",
			"chat.example", "Chat.Example:443"})
	void letsLoopbackAndConfiguredNamesIn(String host) throws Exception {
		assertThat(refusal("127.0.0.1", host, null)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = {"evil.example", "evil.example:8080", "localhost.evil.example", "127.0.0.1.evil.example",
			"localhost:8080@evil.example", ""})
	void refusesOtherNamesOnLoopback(String host) throws Exception {
		assertThat(refusal("127.0.0.1", host, null)).startsWith("This server does not answer to the name in the Host");
	}

	@ParameterizedTest
	@ValueSource(strings = {"0.0.0.0", "10.0.0.7"})
	void answersToAnyNameWhenItListensElsewhere(String address) throws Exception {
		assertThat(refusal(address, "corral.svc.cluster.local:8080", null)).isNull();
	}

	@ParameterizedTest
	@CsvSource({"localhost:8080, http://localhost:8080", "localhost:8080, http://LOCALHOST:8080",
			"chat.example, https://chat.example"})
	void letsItsOwnPagesIn(String host, String origin) throws Exception {
		assertThat(refusal("127.0.0.1", host, origin)).isNull();
	}

	@ParameterizedTest
	@CsvSource({"localhost:8080, http://evil.example", "localhost:8080, http://localhost:3000",
			"localhost:8080, http://127.0.0.1:8080", "localhost:8080, null", "localhost:8080, http://"})
	void refusesPagesOfOtherOriginsWhereverItListens(String host, String origin) throws Exception {
		assertThat(refusal("127.0.0.1", host, origin)).startsWith("This server does not take requests from pages");
		assertThat(refusal("0.0.0.0", host, origin)).startsWith("This server does not take requests from pages");
	}

	@Test
	void refusesAnOriginWhenThereIsNoHostToCompareItWith() throws Exception {
		assertThat(refusal("0.0.0.0", null, "null")).isNotNull();
	}

	/** The reason of the refusal, or null if the request passed. */
	private static @Nullable String refusal(String address, @Nullable String host, @Nullable String origin)
			throws Exception {
		var server = new ServerProperties();
		server.setAddress(InetAddress.getByName(address));
		var request = MockServerHttpRequest.get("/v1/models");
		if (host != null) {
			request.header(HttpHeaders.HOST, host);
		}
		if (origin != null) {
			request.header(HttpHeaders.ORIGIN, origin);
		}
		var filter = new ForeignRequestFilter(
				new AccessSettings(Required.AUTO, Map.of(), List.of("chat.example"), OidcSettings.OFF),
				server);
		return filter.filter(MockServerWebExchange.from(request), _ -> Mono.empty()).thenReturn("")
				.onErrorResume(ResponseStatusException.class, refused -> Mono.just(String.valueOf(refused.getReason())))
				.filter(reason -> !reason.isEmpty()).block();
	}

}
