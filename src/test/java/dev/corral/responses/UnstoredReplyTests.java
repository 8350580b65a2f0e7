package dev.corral.responses;

import java.util.List;

import org.junit.jupiter.api.Test;

import dev.corral.conversation.MessageStatus;
import dev.corral.generation.ReplyEvent;
import dev.corral.generation.ReplyEvent.Generated;
import dev.corral.generation.ReplyEvent.ToolCallArguments;
import dev.corral.generation.ReplyEvent.ToolCallBegun;
import dev.corral.generation.ReplyProgress;
import dev.corral.inference.FakeEngine;
import dev.corral.inference.FinishReason;
import dev.corral.inference.GenerationEvent;
import dev.corral.inference.InferenceFailure;
import dev.corral.inference.Timings;
import dev.corral.template.ToolCall;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

class UnstoredReplyTests {

	@Test
	void tellsWhatStoredRepliesTell() {
		var told = told(Flux.concat(
				FakeEngine.reply("Hi", " you").take(4).map(Generated::new),
				Flux.just(new ToolCallBegun(0, "a", "f"), new ToolCallArguments(0, "{\"k\""),
						new ToolCallArguments(0, ":1}"), new ToolCallBegun(1, "b", "g"),
						new Generated(FakeEngine.finished(FinishReason.STOP)))));

		assertThat(told).containsExactly(new ReplyProgress.Queued(null), new ReplyProgress.Prefill(7, 7, 5),
				new ReplyProgress.Delta("Hi"), new ReplyProgress.Delta(" you"),
				new ReplyProgress.Called(0, new ToolCall("a", "f", "{\"k\":1}")),
				new ReplyProgress.Called(1, new ToolCall("b", "g", "")),
				new ReplyProgress.Used(FakeEngine.USAGE, Timings.NONE),
				new ReplyProgress.Done(MessageStatus.COMPLETE, FinishReason.STOP));
	}

	@Test
	void endsWithTheFailureOfTheGeneration() {
		var failure = new InferenceFailure.DecodeFailed("no reason");
		var events = Flux.concat(FakeEngine.begun(),
				Flux.just(new GenerationEvent.Failed(failure, FakeEngine.USAGE)));

		StepVerifier.create(UnstoredReply.of(events.map(Generated::new))).expectNextCount(2)
				.verifyErrorSatisfies(signal -> assertThat(signal).isSameAs(failure));
	}

	@Test
	void takesACancelledGenerationForAServerThatEnds() {
		var events = Flux.concat(FakeEngine.begun(), Flux.just(FakeEngine.finished(FinishReason.CANCELLED)));

		StepVerifier.create(UnstoredReply.of(events.map(Generated::new))).expectNextCount(2)
				.verifyError(InferenceFailure.EngineClosed.class);
	}

	private static List<ReplyProgress> told(Flux<ReplyEvent> events) {
		return UnstoredReply.of(events).collectList().blockOptional().orElseThrow();
	}

}
