package dev.corral.generation;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import dev.corral.inference.FakeEngine;
import dev.corral.inference.FinishReason;
import dev.corral.inference.GenerationEvent;
import dev.corral.inference.GenerationEvent.Admitted;
import dev.corral.inference.GenerationEvent.Finished;
import dev.corral.inference.GenerationEvent.TokenDelta;
import dev.corral.inference.GenerationRequest;
import dev.corral.inference.InferenceFailure;
import dev.corral.inference.SamplingParameters;
import dev.corral.inference.Timings;
import dev.corral.inference.Usage;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

class RequestMetersTests {

	private final MockClock clock = new MockClock();

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);

	private final FakeEngine engine = new FakeEngine("llama", 64);

	@Test
	void timesTheFirstTokenAndThoseAfterIt() {
		engine.answer(Flux.just(new Admitted(), after(200, delta("a", 1)), after(30, delta("b", 1)),
				after(60, delta("cd", 2)), finished()).map(this::tick));

		run();

		assertThat(millis("corral.request.time.to.first.token")).isEqualTo(200);
		assertThat(registry.get("corral.request.inter.token.latency").tag("model", "llama").timer().count())
				.isEqualTo(3);
		assertThat(millis("corral.request.inter.token.latency")).isEqualTo(90);
		assertThat(millis("corral.request.duration")).isEqualTo(290);
	}

	@Test
	void tellsWhereTheTimeWentAndHowLongItWas() {
		engine.answer(Flux.just(new Admitted(), finished()));

		run();

		assertThat(millis("corral.request.queue")).isEqualTo(1);
		assertThat(millis("corral.request.prefill")).isEqualTo(2);
		assertThat(millis("corral.request.decode")).isEqualTo(30);
		assertThat(millis("corral.request.time.per.output.token")).isEqualTo(10);
		assertThat(registry.get("corral.request.prompt").summary().totalAmount()).isEqualTo(7);
		assertThat(registry.get("corral.request.cached").summary().totalAmount()).isEqualTo(5);
		assertThat(registry.get("corral.request.completion").summary().totalAmount()).isEqualTo(4);
		assertThat(finishedAs("length")).isEqualTo(1);
	}

	@Test
	void countsAReaderWhoLeavesOnce() {
		engine.answer(Flux.just(new Admitted(), delta("a", 1), delta("b", 1), finished()));

		measured().take(2).blockLast();

		assertThat(finishedAs("cancelled")).isEqualTo(1);
		assertThat(registry.get("corral.request.finished").counters()).hasSize(1);
	}

	@Test
	void countsNothingTwiceWhenAReaderLeavesAfterTheEnd() {
		engine.answer(Flux.just(new Admitted(), finished()));

		measured().take(2).blockLast();

		assertThat(registry.get("corral.request.finished").counters()).hasSize(1);
		assertThat(finishedAs("length")).isEqualTo(1);
	}

	@Test
	void countsRejectionsByReason() {
		engine.answer(Flux.error(new InferenceFailure.QueueFull(3)));

		measured().onErrorComplete().blockLast();

		assertThat(registry.get("corral.request.rejected").tag("reason", "queue_full").counter().count()).isEqualTo(1);
		assertThat(registry.find("corral.request.finished").counters()).isEmpty();
	}

	private record Late(long millis, GenerationEvent event) {
	}

	private static Object after(long millis, GenerationEvent event) {
		return new Late(millis, event);
	}

	private GenerationEvent tick(Object event) {
		if (event instanceof Late(var millis, var late)) {
			clock.add(Duration.ofMillis(millis));
			return late;
		}
		return (GenerationEvent) event;
	}

	private void run() {
		measured().blockLast();
	}

	private Flux<GenerationEvent> measured() {
		return new RequestMeters(registry).measured(engine)
				.generate(new GenerationRequest(List.of(1), 8, SamplingParameters.GREEDY, List.of()));
	}

	private static TokenDelta delta(String text, int tokens) {
		return new TokenDelta(text, Collections.nCopies(tokens, 1));
	}

	private static Finished finished() {
		return new Finished(FinishReason.LENGTH, new Usage(7, 4, 5),
				new Timings(Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(30)));
	}

	private double millis(String timer) {
		return registry.get(timer).tag("model", "llama").timer().totalTime(TimeUnit.MILLISECONDS);
	}

	private double finishedAs(String reason) {
		return registry.get("corral.request.finished").tag("reason", reason).counter().count();
	}

}
