package dev.corral.ollama;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;

import dev.corral.generation.ReplyEvent;
import dev.corral.generation.ReplyEvent.Generated;
import dev.corral.generation.ReplyEvent.ToolCallArguments;
import dev.corral.generation.ReplyEvent.ToolCallBegun;
import dev.corral.inference.FakeEngine;
import dev.corral.inference.FinishReason;
import dev.corral.inference.GenerationEvent;
import dev.corral.inference.GenerationEvent.Failed;
import dev.corral.inference.GenerationEvent.Finished;
import dev.corral.inference.InferenceFailure;
import dev.corral.inference.Timings;
import dev.corral.ollama.ReplyLine.Shape;
import dev.corral.web.Json;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

class ReplyLinesTests {

	private static final String MODEL = "llama:latest";

	private static final Finished END = new Finished(FinishReason.STOP, FakeEngine.USAGE,
			new Timings(Duration.ofNanos(100), Duration.ofNanos(20), Duration.ofNanos(3)));

	private static final String MEASURED = "\"total_duration\":123,\"load_duration\":0,\"prompt_eval_count\":7,\"prompt_eval_duration\":20,\"eval_count\":3,\"eval_duration\":3}";

	@Test
	void writesTheLinesOfAChat() {
		var events = Flux.concat(FakeEngine.begun(), Flux.<GenerationEvent>just(FakeEngine.delta("Hé"), END));

		assertThat(lines(Shape.MESSAGE, events)).containsExactly(
				"{\"model\":\"llama:latest\",\"created_at\":\"NOW\",\"message\":{\"role\":\"assistant\",\"content\":\"Hé\"},\"done\":false}\n",
				"{\"model\":\"llama:latest\",\"created_at\":\"NOW\",\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\","
						+ MEASURED + "\n");
	}

	@Test
	void writesTheLinesOfAContinuedPrompt() {
		var events = Flux.concat(FakeEngine.begun(), Flux.<GenerationEvent>just(FakeEngine.delta("Hi"), END));

		assertThat(lines(Shape.RESPONSE, events)).containsExactly(
				"{\"model\":\"llama:latest\",\"created_at\":\"NOW\",\"response\":\"Hi\",\"done\":false}\n",
				"{\"model\":\"llama:latest\",\"created_at\":\"NOW\",\"response\":\"\",\"done\":true,\"done_reason\":\"stop\","
						+ MEASURED + "\n");
	}

	@Test
	void tellsHowLikelyTokensWere() {
		var events = Flux.concat(FakeEngine.begun(),
				Flux.<GenerationEvent>just(FakeEngine.delta("a", -0.5), FakeEngine.delta("b", -1), END));
		var first = "{\"token\":\"a\",\"logprob\":-0.5,\"bytes\":[97],\"top_logprobs\":[{\"token\":\"a\",\"logprob\":-0.5,\"bytes\":[97]},"
				+ "{\"token\":\"\uFFFD\",\"logprob\":-1.5,\"bytes\":[255]}]}";

		assertThat(lines(Shape.RESPONSE, events).getFirst())
				.endsWith("\"response\":\"a\",\"done\":false,\"logprobs\":[%s]}\n".formatted(first));
		assertThat(whole(Shape.MESSAGE, events.map(Generated::new)))
				.contains("\"logprobs\":[%s,{\"token\":\"b\"".formatted(first));
	}

	@Test
	void writesACallWhenItsArgumentsAreComplete() {
		var events = Flux.<ReplyEvent>just(new ToolCallBegun(0, "call_a", "weather"),
				new ToolCallArguments(0, "{\"city\": \"Ro"), new ToolCallArguments(0, "me\"}"),
				new ToolCallBegun(1, "call_b", "time"), new ToolCallArguments(1, "{\"cut"),
				new Generated(FakeEngine.finished(FinishReason.LENGTH)));

		var lines = stream(Shape.MESSAGE, events);

		assertThat(lines).hasSize(2).first().isEqualTo(
				"{\"model\":\"llama:latest\",\"created_at\":\"NOW\",\"message\":{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"id\":\"call_a\",\"function\":{\"index\":0,\"name\":\"weather\",\"arguments\":{\"city\":\"Rome\"}}}]},\"done\":false}\n");
		assertThat(lines.getLast()).contains("\"done_reason\":\"length\"");
		assertThat(whole(Shape.MESSAGE, events)).contains("\"tool_calls\":[{\"id\":\"call_a\"",
				"\"done_reason\":\"length\"");
	}

	@Test
	void writesAReplyInOnePieceAsOneLine() {
		var events = Flux
				.concat(FakeEngine.begun(),
						Flux.<GenerationEvent>just(FakeEngine.delta("a"), FakeEngine.delta("b"), END))
				.<ReplyEvent>map(Generated::new);

		assertThat(whole(Shape.MESSAGE, events)).isEqualTo(
				"{\"model\":\"llama:latest\",\"created_at\":\"NOW\",\"message\":{\"role\":\"assistant\",\"content\":\"ab\"},\"done\":true,\"done_reason\":\"stop\","
						+ MEASURED);
		assertThat(whole(Shape.RESPONSE, events)).contains("\"response\":\"ab\"");
	}

	@Test
	void endsAFailedReplyWithAnErrorLineAndNothingElse() {
		var failed = new Failed(new InferenceFailure.EngineClosed(), FakeEngine.USAGE);

		assertThat(lines(Shape.MESSAGE,
				Flux.concat(FakeEngine.begun(), Flux.just(FakeEngine.delta("Hi"), failed)))).hasSize(2).last()
				.isEqualTo("{\"error\":\"The server is shutting down and takes no new requests.\"}\n");
	}

	@Test
	void passesAFailureOnBeforeTheFirstLine() {
		var failed = new Failed(new InferenceFailure.EngineClosed(), FakeEngine.USAGE);
		var events = Flux.concat(FakeEngine.begun(), Flux.just(failed)).<ReplyEvent>map(Generated::new);

		StepVerifier.create(ReplyLines.stream(MODEL, Shape.MESSAGE, "r1", events))
				.verifyError(InferenceFailure.EngineClosed.class);
	}

	private static List<String> lines(Shape shape, Flux<GenerationEvent> events) {
		return stream(shape, events.map(Generated::new));
	}

	private static List<String> stream(Shape shape, Flux<ReplyEvent> events) {
		return ReplyLines.stream(MODEL, shape, "r1", events).toStream().map(ReplyLinesTests::timeless).toList();
	}

	private static String whole(Shape shape, Flux<ReplyEvent> events) {
		return timeless(Json.write(Objects.requireNonNull(ReplyLines.whole(MODEL, shape, events).block())));
	}

	private static String timeless(String line) {
		return line.replaceAll("\"created_at\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:[0-9.]+Z\"",
				"\"created_at\":\"NOW\"");
	}

}
