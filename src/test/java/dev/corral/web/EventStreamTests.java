package dev.corral.web;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

import static org.assertj.core.api.Assertions.assertThat;

class EventStreamTests {

	private static final Duration SILENCE = Duration.ofSeconds(10);

	@Test
	void commentsWheneverNothingWasSentForTheSilence() {
		StepVerifier
				.withVirtualTime(() -> EventStream.keptAlive(
						Flux.concat(Mono.just("a"), Mono.just("b").delaySubscription(Duration.ofSeconds(25)),
								Mono.just("c").delaySubscription(Duration.ofSeconds(9))),
						SILENCE))
				.expectNext("a").expectNoEvent(Duration.ofSeconds(10)).expectNext(EventStream.KEEP_ALIVE)
				.expectNoEvent(Duration.ofSeconds(10)).expectNext(EventStream.KEEP_ALIVE)
				.expectNoEvent(Duration.ofSeconds(5)).expectNext("b").expectNoEvent(Duration.ofSeconds(9))
				.expectNext("c").expectComplete().verify(Duration.ofSeconds(10));
	}

	@Test
	void saysNothingBeforeTheFirstFrame() {
		StepVerifier
				.withVirtualTime(() -> EventStream
						.keptAlive(Mono.just("a").delaySubscription(Duration.ofMinutes(1)).flux(), SILENCE))
				.expectSubscription().expectNoEvent(Duration.ofMinutes(1)).expectNext("a").expectComplete()
				.verify(Duration.ofSeconds(10));
	}

	@Test
	void keepsAReaderWaitingForTheFirstFrameIfThatIsWanted() {
		StepVerifier
				.withVirtualTime(() -> EventStream
						.keptAlive(Mono.just("a").delaySubscription(Duration.ofSeconds(25)).flux(), SILENCE, true))
				.expectSubscription().expectNoEvent(Duration.ofSeconds(10)).expectNext(EventStream.KEEP_ALIVE)
				.expectNoEvent(Duration.ofSeconds(10)).expectNext(EventStream.KEEP_ALIVE)
				.expectNoEvent(Duration.ofSeconds(5)).expectNext("a").expectComplete().verify(Duration.ofSeconds(10));
	}

	@Test
	void namesEventsForReadersThatComeBack() {
		assertThat(EventStream.event("4-7", "delta", Map.of("content", "a\nb")))
				.isEqualTo("id: 4-7\nevent: delta\ndata: {\"content\":\"a\\nb\"}\n\n");
	}

	@Test
	void passesCancellationOn() {
		var frames = TestPublisher.<String>create();

		StepVerifier.create(EventStream.keptAlive(frames.flux(), SILENCE)).then(() -> frames.next("a")).expectNext("a")
				.thenCancel().verify();

		frames.assertCancelled();
	}

	@Test
	void takesFromTheEngineNoFasterThanTheClientReads() {
		var taken = new AtomicLong();
		var frames = Flux.range(0, 1000).map(String::valueOf).doOnRequest(taken::addAndGet);

		StepVerifier.create(EventStream.keptAlive(frames, SILENCE), 1).expectNextCount(1).thenCancel().verify();

		assertThat(taken.get()).isLessThan(10);
	}

	@Test
	void writesFramesAndHeadersAsTheyCome() {
		var response = new MockServerHttpResponse();

		EventStream.write(response, Flux.just("data: {}\n\n", EventStream.DONE)).block();

		assertThat(response.getBodyAsString().block()).isEqualTo("data: {}\n\ndata: [DONE]\n\n");
		assertHeader(response, "Content-Type", "text/event-stream");
		assertHeader(response, "Cache-Control", "no-cache");
		assertHeader(response, "X-Accel-Buffering", "no");
	}

	@Test
	void leavesTheResponseUntouchedWhenItFailsBeforeTheFirstFrame() {
		var response = new MockServerHttpResponse();
		var frames = EventStream.keptAlive(Flux.error(new IllegalStateException("early")), SILENCE);

		StepVerifier.create(EventStream.write(response, frames)).expectErrorMessage("early")
				.verifyThenAssertThat().hasNotDroppedErrors();

		assertThat(response.isCommitted()).isFalse();
		assertThat(response.getHeaders().isEmpty()).isTrue();
	}

	@Test
	void escapesLineBreaksInsideAFrame() {
		assertThat(EventStream.data(Map.of("text", "a\n\nb\r"))).isEqualTo("data: {\"text\":\"a\\n\\nb\\r\"}\n\n");
	}

	private static void assertHeader(ServerHttpResponse response, String name, String value) {
		assertThat(response.getHeaders().get(name)).containsExactly(value);
	}

}
