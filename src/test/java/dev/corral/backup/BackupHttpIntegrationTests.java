package dev.corral.backup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.MediaType;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

import dev.corral.conversation.backup.BackupReader;
import dev.corral.conversation.backup.BackupSummary.Table;
import dev.corral.openai.HttpContract;

import static org.assertj.core.api.Assertions.assertThat;

/** A backup of a running server, over HTTP. */
@TestPropertySource(properties = {"corral.store.url=h2:mem:${random.uuid}",
		"corral.access.keys.root.key=root's twenty random letters", "corral.access.keys.root.role=admin",
		"corral.access.keys.ada.key=ada's twenty random letters"})
class BackupHttpIntegrationTests extends HttpContract {

	@TempDir
	Path folder = Path.of("");

	@Test
	void givesAdministratorsAllThatIsStored() throws Exception {
		as("ada").post().uri("/api/conversations").contentType(MediaType.APPLICATION_JSON)
				.bodyValue("{\"model\":\"llama\",\"title\":\"Mine\"}").exchange().expectStatus().is2xxSuccessful();

		for (int round = 0; round < 2; round++) {
			var bytes = as("root").get().uri("/api/backup").exchange().expectStatus().isOk().expectHeader()
					.contentType("application/gzip").expectHeader().valueEquals("Cache-Control", "no-store")
					.expectBody(byte[].class).returnResult().getResponseBody();
			var file = Files.write(folder.resolve("backup"), Objects.requireNonNull(bytes));

			assertThat(BackupReader.check(file).tables()).contains(new Table("conversation", 1));
		}
	}

	@Test
	void givesNobodyElseAnything() {
		as("ada").get().uri("/api/backup").exchange().expectStatus().isForbidden().expectBody()
				.jsonPath("$.error.code").isEqualTo("permission_denied");
		client.get().uri("/api/backup").exchange().expectStatus().isUnauthorized();
	}

	private WebTestClient as(String name) {
		return client.mutate().defaultHeader("Authorization", "Bearer " + name + "'s twenty random letters")
				.codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(1 << 20)).build();
	}

}
