package dev.corral.openai;

import java.util.List;

import org.junit.jupiter.api.Test;

import dev.corral.generation.ChatRequest;
import dev.corral.generation.ChoiceEvent;
import dev.corral.generation.ReplyEvent;
import dev.corral.inference.FakeEngine;
import dev.corral.inference.FinishReason;
import dev.corral.inference.GenerationEvent;
import dev.corral.inference.GenerationEvent.Failed;
import dev.corral.inference.InferenceFailure;
import dev.corral.inference.SamplingParameters;
import dev.corral.template.Message;
import dev.corral.template.Role;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

class ChunkStreamTests {

	@Test
	void writesTheBytesOfTheApi() {
		var frames = frames(false, FakeEngine.reply("Hé", "\"\n"));

		assertThat(frames).containsExactly(
				"data: {HEAD,\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"logprobs\":null,\"finish_reason\":null}]}\n\n",
				"data: {HEAD,\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hé\"},\"logprobs\":null,\"finish_reason\":null}]}\n\n",
				"data: {HEAD,\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\\\"\\n\"},\"logprobs\":null,\"finish_reason\":null}]}\n\n",
				"data: {HEAD,\"choices\":[{\"index\":0,\"delta\":{},\"logprobs\":null,\"finish_reason\":\"stop\"}]}\n\n",
				"data: [DONE]\n\n");
	}

	@Test
	void writesCallsOfToolsAsTheApiDoes() {
		var events = Flux.<ReplyEvent>just(new ReplyEvent.Generated(new GenerationEvent.Admitted()),
				new ReplyEvent.ToolCallBegun(0, "call_a", "f"), new ReplyEvent.ToolCallArguments(0, "{\"a\""),
				new ReplyEvent.ToolCallArguments(0, ":1}"), new ReplyEvent.ToolCallBegun(1, "call_b", "g"),
				new ReplyEvent.Generated(FakeEngine.finished(FinishReason.STOP)));

		var frames = frames(ReplyOptions.ONE, false, events.map(event -> new ChoiceEvent(0, event)));

		assertThat(frames.subList(1, frames.size())).containsExactly(
				"data: {HEAD,\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"call_a\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]},\"logprobs\":null,\"finish_reason\":null}]}\n\n",
				"data: {HEAD,\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"a\\\"\"}}]},\"logprobs\":null,\"finish_reason\":null}]}\n\n",
				"data: {HEAD,\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\":1}\"}}]},\"logprobs\":null,\"finish_reason\":null}]}\n\n",
				"data: {HEAD,\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":1,\"id\":\"call_b\",\"type\":\"function\",\"function\":{\"name\":\"g\",\"arguments\":\"\"}}]},\"logprobs\":null,\"finish_reason\":null}]}\n\n",
				"data: {HEAD,\"choices\":[{\"index\":0,\"delta\":{},\"logprobs\":null,\"finish_reason\":\"tool_calls\"}]}\n\n",
				"data: [DONE]\n\n");
	}

	@Test
	void addsAUsageChunkAndNullUsageBeforeItWhenAskedTo() {
		var frames = frames(true, FakeEngine.reply("Hi"));

		assertThat(frames).hasSize(5).endsWith(
				"data: {HEAD,\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":3,\"total_tokens\":10,\"prompt_tokens_details\":{\"cached_tokens\":5}}}\n\n",
				"data: [DONE]\n\n");
		assertThat(frames.subList(0, 3)).allMatch(frame -> frame.endsWith("}],\"usage\":null}\n\n"));
	}

	@Test
	void saysThatALimitEndedTheReply() {
		var events = Flux.concat(FakeEngine.begun(), Flux.just(FakeEngine.finished(FinishReason.LENGTH)));

		assertThat(frames(false, events).get(1)).contains("\"finish_reason\":\"length\"");
	}

	@Test
	void tellsHowLikelyTheTokensOfAChunkWere() {
		var frames = frames(new ReplyOptions(1, 1, 2), false,
				first(Flux.just(new GenerationEvent.Admitted(), FakeEngine.delta("é", -0.5))));

		assertThat(frames.getLast()).isEqualTo(
				"data: {HEAD,\"choices\":[{\"index\":0,\"delta\":{\"content\":\"é\"},\"logprobs\":{\"content\":[{\"token\":\"é\",\"logprob\":-0.5,\"bytes\":[195,169],"
						+ "\"top_logprobs\":[{\"token\":\"é\",\"logprob\":-0.5,\"bytes\":[195,169]},{\"token\":\"\uFFFD\",\"logprob\":-1.5,\"bytes\":[255]}]}],"
						+ "\"refusal\":null},\"finish_reason\":null}]}\n\n");
	}

	@Test
	void tellsChoicesApartAndEndsWhenAllHaveEnded() {
		var events = Flux.just(choice(0, new GenerationEvent.Admitted()),
				choice(1, new GenerationEvent.Admitted()), choice(1, FakeEngine.delta("b")),
				choice(1, FakeEngine.finished(FinishReason.STOP)), choice(0, FakeEngine.delta("a")),
				choice(0, FakeEngine.finished(FinishReason.LENGTH)));

		var frames = frames(new ReplyOptions(2, 2, null), true, events);

		assertThat(frames.stream().map(frame -> frame.replaceAll("(?s).*\\[\\{(\"index\":.).*", "$1"))).startsWith(
				"\"index\":0", "\"index\":1", "\"index\":1", "\"index\":1", "\"index\":0", "\"index\":0");
		assertThat(frames).filteredOn(frame -> frame.contains("\"role\"")).hasSize(2);
		assertThat(frames).endsWith(
				"data: {HEAD,\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":6,\"total_tokens\":13,\"prompt_tokens_details\":{\"cached_tokens\":5}}}\n\n",
				"data: [DONE]\n\n");
	}

	@Test
	void endsAllChoicesWithTheFailureOfOne() {
		var failed = new Failed(new InferenceFailure.EngineClosed(), FakeEngine.USAGE);
		var events = Flux.just(choice(0, new GenerationEvent.Admitted()),
				choice(1, new GenerationEvent.Admitted()), choice(1, failed),
				choice(0, FakeEngine.delta("a")));

		assertThat(frames(new ReplyOptions(2, 2, null), false, events)).hasSize(3).last().asString()
				.contains("\"code\":\"engine_closed\"");
	}

	@Test
	void beginsAsSoonAsTheRequestIsAdmitted() {
		Flux<GenerationEvent> waiting = Flux.concat(Flux.just(new GenerationEvent.Admitted()), Flux.never());

		StepVerifier.create(ChunkStream.of(request(false), "r1", first(waiting))).expectNextCount(1).thenCancel()
				.verify();
	}

	@Test
	void passesARejectionOnBeforeTheReplyBegins() {
		var rejected = Flux.<GenerationEvent>error(new InferenceFailure.QueueFull(1));

		StepVerifier.create(ChunkStream.of(request(false), "r1", first(rejected)))
				.verifyError(InferenceFailure.QueueFull.class);
	}

	@Test
	void endsAFailedReplyWithAnErrorFrameAndNothingElse() {
		var failed = new Failed(new InferenceFailure.DecodeFailed("secret"), FakeEngine.USAGE);
		var events = Flux.concat(FakeEngine.begun(), Flux.just(FakeEngine.delta("Hi"), failed));

		assertThat(frames(true, events)).hasSize(3).last().isEqualTo(
				"data: {\"error\":{\"message\":\"The server failed to answer this request. Its log has the cause under request id r1.\",\"type\":\"server_error\",\"param\":null,\"code\":\"decode_failed\"}}\n\n");
	}

	@Test
	void neverCallsACancelledReplyStopped() {
		var events = Flux.concat(FakeEngine.begun(), Flux.just(FakeEngine.finished(FinishReason.CANCELLED)));

		assertThat(frames(false, events)).hasSize(2).last().asString().contains("\"code\":\"engine_closed\"");
	}

	/** The frames, with what they have in common named HEAD. */
	private static List<String> frames(boolean includeUsage, Flux<GenerationEvent> events) {
		return frames(ReplyOptions.ONE, includeUsage, first(events));
	}

	private static List<String> frames(ReplyOptions reply, boolean includeUsage, Flux<ChoiceEvent> events) {
		var frames = ChunkStream.of(request(reply, includeUsage), "r1", events).toStream().toList();
		var head = frames.getFirst().substring("data: {".length(), frames.getFirst().indexOf(",\"choices\""));
		assertThat(head).matches(
				"\"id\":\"chatcmpl-[0-9a-f]{32}\",\"object\":\"chat.completion.chunk\",\"created\":\\d{10},\"model\":\"llama\"");
		return frames.stream().map(frame -> frame.replace(head, "HEAD")).toList();
	}

	private static ChoiceEvent choice(int index, GenerationEvent event) {
		return new ChoiceEvent(index, new ReplyEvent.Generated(event));
	}

	private static Flux<ChoiceEvent> first(Flux<GenerationEvent> events) {
		return events.map(event -> choice(0, event));
	}

	private static ChatCompletionRequest request(boolean includeUsage) {
		return request(ReplyOptions.ONE, includeUsage);
	}

	private static ChatCompletionRequest request(ReplyOptions reply, boolean includeUsage) {
		return new ChatCompletionRequest(new ChatRequest("llama", List.of(new Message(Role.USER, "hi")), null,
				SamplingParameters.DEFAULTS, List.of()), true, includeUsage, reply);
	}

}
