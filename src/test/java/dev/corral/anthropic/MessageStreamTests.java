package dev.corral.anthropic;

import java.util.List;

import org.junit.jupiter.api.Test;

import dev.corral.generation.ChatRequest;
import dev.corral.generation.ReplyEvent;
import dev.corral.generation.ReplyEvent.Generated;
import dev.corral.generation.ReplyEvent.ToolCallArguments;
import dev.corral.generation.ReplyEvent.ToolCallBegun;
import dev.corral.inference.FakeEngine;
import dev.corral.inference.FinishReason;
import dev.corral.inference.GenerationEvent;
import dev.corral.inference.GenerationEvent.Admitted;
import dev.corral.inference.GenerationEvent.Failed;
import dev.corral.inference.GenerationEvent.Finished;
import dev.corral.inference.GenerationEvent.PromptProcessed;
import dev.corral.inference.InferenceFailure;
import dev.corral.inference.SamplingParameters;
import dev.corral.inference.Timings;
import dev.corral.template.Message;
import dev.corral.template.Role;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

class MessageStreamTests {

	private static final String START = "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"ID\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"llama\",\"content\":[],"
			+ "\"stop_reason\":null,\"stop_sequence\":null,\"usage\":{\"input_tokens\":2,\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":5,\"output_tokens\":0}}}\n\n";

	private static final String PING = "event: ping\ndata: {\"type\":\"ping\"}\n\n";

	private static final String STOP = "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";

	@Test
	void writesTheBytesOfTheApi() {
		assertThat(frames(FakeEngine.reply("Hé", "\"\n"))).containsExactly(": keep-alive\n\n", START,
				"event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n",
				PING,
				"event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Hé\"}}\n\n",
				"event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"\\\"\\n\"}}\n\n",
				"event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n",
				end("\"end_turn\"", "null"), STOP);
	}

	@Test
	void writesEachCallAsABlockOfItsOwn() {
		var events = Flux.<ReplyEvent>just(new Generated(new Admitted()), new Generated(new PromptProcessed(7, 5)),
				new Generated(FakeEngine.delta("Well")), new ToolCallBegun(0, "call_a", "weather"),
				new ToolCallArguments(0, "{\"city\":"), new ToolCallArguments(0, "\"Rome\"}"),
				new ToolCallBegun(1, "call_b", "time"), new ToolCallArguments(1, "{}"),
				new Generated(FakeEngine.finished(FinishReason.STOP)));

		var frames = stream(events);

		assertThat(frames.subList(5, frames.size())).containsExactly(
				"event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n",
				"event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":1,\"content_block\":{\"type\":\"tool_use\",\"id\":\"call_a\",\"name\":\"weather\",\"input\":{}}}\n\n",
				"event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":1,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"city\\\":\"}}\n\n",
				"event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":1,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"\\\"Rome\\\"}\"}}\n\n",
				"event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":1}\n\n",
				"event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":2,\"content_block\":{\"type\":\"tool_use\",\"id\":\"call_b\",\"name\":\"time\",\"input\":{}}}\n\n",
				"event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":2,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{}\"}}\n\n",
				"event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":2}\n\n",
				end("\"tool_use\"", "null"), STOP);
	}

	@Test
	void writesAReplyWithoutTextAsOneWithoutBlocks() {
		var events = Flux.concat(FakeEngine.begun(), Flux.just(FakeEngine.finished(FinishReason.LENGTH)));

		assertThat(frames(events)).containsExactly(": keep-alive\n\n", START, end("\"max_tokens\"", "null"), STOP);
	}

	@Test
	void tellsWhichStopSequenceEndedTheReply() {
		assertThat(frames(ended("END"))).contains(end("\"stop_sequence\"", "\"END\""));
		assertThat(frames(ended("</s>"))).contains(end("\"end_turn\"", "null"));
	}

	@Test
	void endsAFailedReplyWithAnErrorEventAndNothingElse() {
		var failed = new Failed(new InferenceFailure.EngineClosed(), FakeEngine.USAGE);

		assertThat(frames(Flux.concat(FakeEngine.begun(), Flux.just(failed)))).containsExactly(": keep-alive\n\n",
				START,
				"event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"The server is shutting down and takes no new requests.\"},\"request_id\":\"r1\"}\n\n");
	}

	@Test
	void passesARejectionOnBeforeTheReplyBegins() {
		var rejected = Flux.<ReplyEvent>error(new InferenceFailure.QueueFull(1));

		StepVerifier.create(MessageStream.of(request(), "r1", rejected)).verifyError(InferenceFailure.QueueFull.class);
	}

	@Test
	void neverCallsACancelledReplyEnded() {
		var events = Flux.concat(FakeEngine.begun(), Flux.just(FakeEngine.finished(FinishReason.CANCELLED)));

		assertThat(frames(events)).last().asString().startsWith("event: error\n");
	}

	private static Flux<GenerationEvent> ended(String stopSequence) {
		return Flux.concat(FakeEngine.begun(),
				Flux.just(new Finished(FinishReason.STOP, FakeEngine.USAGE, Timings.NONE, stopSequence)));
	}

	private static String end(String reason, String sequence) {
		return "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":%s,\"stop_sequence\":%s},\"usage\":{\"input_tokens\":2,\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":5,\"output_tokens\":3}}\n\n"
				.formatted(reason, sequence);
	}

	private static List<String> frames(Flux<GenerationEvent> events) {
		return stream(events.map(Generated::new));
	}

	private static List<String> stream(Flux<ReplyEvent> events) {
		return MessageStream.of(request(), "r1", events).toStream()
				.map(frame -> frame.replaceAll("\"msg_[0-9a-f]{32}\"", "\"ID\"")).toList();
	}

	private static MessagesRequest request() {
		return new MessagesRequest(new ChatRequest("llama", List.of(new Message(Role.USER, "hi")), null,
				SamplingParameters.DEFAULTS, List.of("END")), true);
	}

}
