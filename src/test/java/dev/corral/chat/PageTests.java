package dev.corral.chat;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webflux.test.autoconfigure.WebFluxTest;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import static org.assertj.core.api.Assertions.assertThat;

/** How the page's files are served; a small sample stands for the built page. */
@WebFluxTest(properties = "spring.web.resources.static-locations=classpath:/page-sample/")
@ContextConfiguration(classes = {PageHeaders.class, PageAddresses.class})
class PageTests {

	private static final String ASSET = "/assets/page-0a1b2c3d.js";

	private static final List<String> VIEWS = List.of("/c/0193a1c2-0000-7000-8000-000000000001", "/compare",
			"/operator",
			"/settings", "/shared/Zm9v-_a?from=mail");

	@Autowired
	private WebTestClient client;

	@Test
	void servesThePageAtTheRoot() {
		get("/").expectStatus().isOk().expectBody(String.class)
				.value(page -> assertThat(page).contains("A page"));
	}

	@Test
	void servesThePageAtItsOwnAddresses() {
		for (String path : VIEWS) {
			get(path).expectStatus().isOk().expectHeader().contentTypeCompatibleWith(MediaType.TEXT_HTML)
					.expectBody(String.class).value(page -> assertThat(page).as(path).contains("A page"));
			client.head().uri(path).exchange().expectStatus().isOk().expectBody().isEmpty();
		}
	}

	@Test
	void servesThePageNowhereElse() {
		for (String path : List.of("/c", "/c/", "/c/1/", "/c/1/2", "/compare/", "/compare/x", "/operators", "/shared",
				"/shared/a/b", "/settings/x", "/nothing")) {
			get(path).expectStatus().isNotFound().expectHeader()
					.value(HttpHeaders.CONTENT_TYPE, type -> assertThat(type).as(path).startsWith("application/json"));
		}
		client.post().uri("/compare").exchange().expectStatus().isNotFound();
	}

	@Test
	void hasBrowsersAskForThePageEachTime() {
		VIEWS.forEach(view -> get(view).expectHeader().valueEquals(HttpHeaders.CACHE_CONTROL, "no-cache"));
		get("/").expectHeader().valueEquals(HttpHeaders.CACHE_CONTROL, "no-cache");
		get("/index.html").expectHeader().valueEquals(HttpHeaders.CACHE_CONTROL, "no-cache");
	}

	@Test
	void givesThePageNoDateThatOutlivesAnUpgrade() {
		get("/").expectHeader().doesNotExist(HttpHeaders.LAST_MODIFIED);
		get("/index.html").expectHeader().doesNotExist(HttpHeaders.LAST_MODIFIED);
	}

	@Test
	void letsBrowsersKeepFilesWithAHashInTheirName() {
		get(ASSET).expectStatus().isOk().expectHeader().valueEquals(HttpHeaders.CACHE_CONTROL,
				"max-age=31536000, public, immutable");
	}

	@Test
	void letsNobodyKeepThatAFileIsMissing() {
		get("/assets/gone.js").expectStatus().isNotFound().expectHeader().doesNotExist(HttpHeaders.CACHE_CONTROL);
	}

	@Test
	void limitsThePageToItsOwnServer() {
		for (String path : new String[]{"/", "/c/0193a1c2", ASSET, "/assets/gone.js"}) {
			get(path).expectHeader().valueEquals("Content-Security-Policy",
					"default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'")
					.expectHeader().valueEquals("X-Content-Type-Options", "nosniff").expectHeader()
					.valueEquals("Referrer-Policy", "no-referrer");
		}
	}

	private ResponseSpec get(String path) {
		return client.get().uri(path).exchange();
	}

}
