package dev.corral.upstream;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

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
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Real worker processes, and what ends them. */
@TestPropertySource(properties = {"corral.role=gateway", "corral.workers.mode=process", "corral.workers.count=1",
		"corral.workers.probe-timeout=1s"})
class WorkerProcessesIntegrationTests extends RealApplication {

	private static final Duration LONGEST = Duration.ofMinutes(2);

	@Autowired
	private WorkerProcesses workers;

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

	private static void signal(String name, Process process) {
		try {
			new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).inheritIO().start().waitFor();
		} catch (IOException | InterruptedException failed) {
			throw new IllegalStateException(failed);
		}
	}

}
