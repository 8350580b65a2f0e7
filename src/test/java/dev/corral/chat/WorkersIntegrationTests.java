package dev.corral.chat;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import dev.corral.inference.CacheStatistics;
import dev.corral.inference.EngineLoad;
import dev.corral.inference.WorkStatistics;
import dev.corral.openai.ResponseSchemas;
import dev.corral.web.ApiDescription;

import static org.assertj.core.api.Assertions.assertThat;

/** What operators are told. */
class WorkersIntegrationTests extends ChatContract {

	private static final String WORKERS = "/api/workers";

	@Autowired
	private ApiDescription description;

	@Test
	void tellsWhatEachModelIsDoing() {
		engine.load(new EngineLoad(1, 2, 4));
		engine.work(new WorkStatistics(10, 20, Duration.ofSeconds(3), Duration.ofSeconds(4)));
		engine.cache(new CacheStatistics(new CacheStatistics.Context(1, 2, 3, 4, 5, 6),
				new CacheStatistics.Tier(11, 12, 13, 14, 15, 16, 0, 0), CacheStatistics.Tier.NONE));

		var worker = get(WORKERS).path("workers").path(0);

		assertThat(text(worker, "name") + text(worker, "kind") + text(worker, "state"))
				.isEqualTo("embeddedembeddedloading");
		assertThat(text(worker, "started_at")).matches("\\d{4}-.*Z");
		assertThat(worker.path("models").path(0).toString()).isEqualTo("""
			{"name":"llama","state":"ready","failure":null,"context_tokens":512,"running":1,"waiting":2,"sequences":4,\
			"work":{"prefill_tokens":10,"completion_tokens":20,"prefill_millis":3000,"decode_millis":4000},\
			"cache":{"retained_tokens":1,"prompt_tokens":2,"cached_tokens":3,"swapped_out":4,"resumed":5,"slides":6,\
			"memory":{"entries":11,"bytes":12,"hits":13,"misses":14,"stored":15,"evicted":16,"dropped":0,"corrupt":0},\
			"disk":{"entries":0,"bytes":0,"hits":0,"misses":0,"stored":0,"evicted":0,"dropped":0,"corrupt":0}},\
			"drafts":{"prompt_lookup":{"drafted":0,"accepted":0},"draft_model":{"drafted":0,"accepted":0}}}""");
	}

	@Test
	void tellsWhyAModelCannotBeUsedAndNotWhereItIs() {
		var models = get(WORKERS).path("workers").path(0).path("models");

		assertThat(text(models.path(1), "failure")).isEqualTo("no magic in broken");
		assertThat(text(models.path(2), "state")).isEqualTo("loading");
		assertThat(models.path(2).path("running").isNull()).isTrue();
		assertThat(models.toString()).doesNotContain("secret");
	}

	@Test
	void tellsOfTheServer() {
		var server = get(WORKERS).path("server");

		assertThat(server.path("heap_used_bytes").longValue()).isPositive();
		assertThat(server.path("uptime_seconds").longValue()).isNotNegative();
		assertThat(server.path("running_replies").intValue()).isZero();
	}

	@Test
	void answersInForm() {
		new ResponseSchemas(description.document()).assertConforms(get(WORKERS).toString(), "Workers");
		client.post().uri(WORKERS).exchange().expectStatus().isEqualTo(405).expectBody().jsonPath("$.error.type")
				.isEqualTo("invalid_request_error");
	}

	@Test
	void letsAWorkerDrainAndTakeRequestsAgain() {
		var request = "{\"model\":\"llama\",\"prompt\":\"hello\",\"max_tokens\":1}";
		try {
			assertThat(text(json(post(WORKERS + "/embedded/drain", "")), "state")).isEqualTo("draining");
			post("/v1/completions", request).expectStatus().isEqualTo(503).expectBody().jsonPath("$.error.code")
					.isEqualTo("worker_lost");
		} finally {
			assertThat(text(json(post(WORKERS + "/embedded/undrain", "")), "state")).isNotEqualTo("draining");
		}
		post("/v1/completions", request).expectStatus().isOk();
		post(WORKERS + "/nobody/drain", "").expectStatus().isNotFound();
	}

	@Test
	void listsModelsWithWhatWentWrong() {
		var models = get("/v1/models").path("data");

		assertThat(models.path(0).path("failure").isNull()).isTrue();
		assertThat(text(models.path(1), "failure")).isEqualTo("no magic in broken");
		assertThat(models.path(0).path("default").booleanValue()).as("of several").isFalse();
	}

}
