package dev.corral.chat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webflux.test.autoconfigure.WebFluxTest;
import org.springframework.http.HttpHeaders;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import static org.assertj.core.api.Assertions.assertThat;

/** How the page's files are served; a small sample stands for the built page. */
@WebFluxTest(properties = "spring.web.resources.static-locations=classpath:/page-sample/")
@ContextConfiguration(classes = PageHeaders.class)
class PageTests {

	private static final String ASSET = "/assets/page-0a1b2c3d.js";

	@Autowired
	private WebTestClient client;

	@Test
	void servesThePageAtTheRoot() {
		get("/").expectStatus().isOk().expectBody(String.class)
				.value(page -> assertThat(page).contains("A page"));
	}

	@Test
	void hasBrowsersAskForThePageEachTime() {
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
		for (String path : new String[]{"/", ASSET, "/assets/gone.js"}) {
			get(path).expectHeader().valueEquals("Content-Security-Policy",
					"default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'")
					.expectHeader().valueEquals("X-Content-Type-Options", "nosniff").expectHeader()
					.valueEquals("Referrer-Policy", "no-referrer");
		}
	}

	private ResponseSpec get(String path) {
		return client.get().uri(path).exchange();
	}

}
