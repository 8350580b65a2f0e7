package dev.corral.upstream;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

import dev.corral.RealApplication;
import dev.corral.inference.FinishReason;
import dev.corral.inference.GenerationEvent;
import dev.corral.inference.GenerationEvent.Failed;
import dev.corral.inference.GenerationEvent.Finished;
import dev.corral.inference.GenerationEvent.TokenDelta;
import dev.corral.inference.GenerationRequest;
import dev.corral.inference.InferenceEngine;
import dev.corral.inference.InferenceFailure;
import dev.corral.inference.SamplingParameters;
import dev.corral.inference.ServedModel.State;
import dev.corral.inference.TokenRules;
import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Flux;
import reactor.util.function.Tuple2;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Real worker processes, and what ends them. */
@TestPropertySource(properties = {"corral.role=gateway", "corral.workers.mode=process", "corral.workers.count=1",
		"corral.workers.probe-timeout=1s"})
class WorkerProcessesIntegrationTests extends RealApplication {

	private static final Duration LONGEST = Duration.ofMinutes(2);

	@Autowired
	private WorkerProcesses workers;

	@Autowired
	private MeterRegistry meters;

	@Test
	void failsRepliesOfAProcessThatIsKilledAndStartsItAgain() {
		var worker = worker();
		int restarts = worker.restarts();

		var end = interrupted(() -> worker.process().destroyForcibly());

		assertThat(end).isInstanceOf(InferenceFailure.WorkerLost.class);
		await().atMost(LONGEST).until(() -> worker.restarts() == restarts + 1);
		assertThat(reply().getLast()).isInstanceOf(Finished.class);
	}

	@Test
	void failsRepliesOfAProcessThatHasBeenStoppedAndUsesItAgainWhenItGoesOn() throws Exception {
		var worker = worker();
		var process = worker.process();
		try {
			var end = interrupted(() -> signal("STOP", process));

			assertThat(end).isInstanceOf(InferenceFailure.WorkerLost.class);
			assertThat(worker.models().getFirst().state()).isEqualTo(State.UNREACHABLE);
		} finally {
			signal("CONT", process);
		}
		assertThat(reply().getLast()).isInstanceOf(Finished.class);
		assertThat(worker.process()).isSameAs(process);
	}

	@Test
	void aReplyWhoseOnlyProcessIsKilledGoesOnWithTheSameText() {
		var worker = worker();
		var undisturbed = poem(() -> {
		});
		double waits = waits();

		// A reply may be over before its process is.
		await().atMost(LONGEST).untilAsserted(() -> {
			assertThat(poem(() -> worker.process().destroyForcibly())).isEqualTo(undisturbed);
			assertThat(waits()).isGreaterThan(waits);
		});
	}

	@Test
	void aRequestIsServedOnceTheProcessIsBackThatWasKilledBefore() {
		var worker = worker();
		var undisturbed = poem(() -> {
		});

		worker.process().destroyForcibly();
		await().atMost(LONGEST).until(() -> worker.models().getFirst().engine() == null);

		assertThat(poem(() -> {
		})).isEqualTo(undisturbed);
	}

	@Test
	void aProcessThatIsToldToEndEndsItsRepliesFirst() {
		var worker = worker();
		var process = worker.process();
		var begun = endless(200).doOnNext(event -> {
			if (event instanceof TokenDelta && process.isAlive()) {
				process.destroy();
			}
		});

		var events = begun.collectList().blockOptional(LONGEST).orElseThrow();

		assertThat(events.getLast()).isInstanceOfSatisfying(Finished.class,
				finished -> assertThat(finished.reason()).isEqualTo(FinishReason.LENGTH));
		await().atMost(LONGEST).until(() -> !process.isAlive());
		assertThat(process.exitValue()).isZero();
	}

	@Test
	void aProcessEndsWhenItsGatewayIsGone() throws Exception {
		var process = worker().process();

		process.getOutputStream().close();

		await().atMost(LONGEST).until(() -> !process.isAlive());
		assertThat(process.exitValue()).isZero();
	}

	/** Once it is ready. */
	private WorkerProcess worker() {
		engine();
		return workers.workers().getFirst();
	}

	private InferenceEngine engine() {
		return await().atMost(LONGEST).until(() -> workers.workers().getFirst().models().getFirst().engine(),
				engine -> engine != null);
	}

	private List<GenerationEvent> reply() {
		var request = new GenerationRequest(List.of(1, 300), 5, SamplingParameters.GREEDY, List.of());
		return engine().generate(request).collectList().blockOptional(LONGEST).orElseThrow();
	}

	private Flux<GenerationEvent> endless(int tokens) {
		return engine().generate(new GenerationRequest(List.of(1, 300), tokens,
				SamplingParameters.GREEDY.withTokens(TokenRules.NONE.withoutEndOfGeneration()), List.of()));
	}

	/** How a reply fails in whose midst something happens. */
	private InferenceFailure interrupted(Runnable what) {
		var last = endless(2000).index().doOnNext(numbered -> {
			if (numbered.getT1() == 3) {
				what.run();
			}
		}).takeLast(1).next().blockOptional(LONGEST).orElseThrow();
		assertThat(last.getT2()).isInstanceOf(Failed.class);
		return ((Failed) last.getT2()).failure();
	}

	/** One whose text does not hang on rounding. Something happens when it has begun. */
	private String poem(Runnable begun) {
		var body = Map.of("model", MODEL, "temperature", 0, "stream", true, "messages",
				List.of(Map.of("role", "user", "content", "Write a poem about the moon.")));
		var chunks = client().post().uri("/v1/chat/completions").bodyValue(body).exchange().expectStatus().isOk()
				.returnResult(String.class).getResponseBody().index().doOnNext(numbered -> {
					if (numbered.getT1() == 1) {
						begun.run();
					}
				}).map(Tuple2::getT2).collectList().blockOptional(LONGEST).orElseThrow();
		assertThat(chunks.getLast()).isEqualTo("[DONE]");
		return chunks.subList(0, chunks.size() - 1).stream().map(chunk -> JsonMapper.shared().readTree(chunk)
				.path("choices").path(0).path("delta").path("content").asString(""))
				.collect(Collectors.joining());
	}

	private double waits() {
		return meters.get("corral.routing.waits").tag("outcome", "recovered").functionCounter().count();
	}

	private static void signal(String name, Process process) {
		try {
			new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).inheritIO().start().waitFor();
		} catch (IOException | InterruptedException failed) {
			throw new IllegalStateException(failed);
		}
	}

}
