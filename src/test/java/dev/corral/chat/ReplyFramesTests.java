package dev.corral.chat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.corral.contextwindow.WindowPolicy;
import dev.corral.contextwindow.WindowReport;
import dev.corral.conversation.ConversationId;
import dev.corral.conversation.MessageId;
import dev.corral.conversation.MessageStatus;
import dev.corral.conversation.ReplyError;
import dev.corral.conversation.ReplyFacts;
import dev.corral.conversation.StoredMessage;
import dev.corral.generation.ReplyEventId;
import dev.corral.generation.ReplyEventId.Stage;
import dev.corral.generation.ReplyProgress;
import dev.corral.generation.ReplyStep;
import dev.corral.inference.FinishReason;
import dev.corral.inference.Timings;
import dev.corral.inference.Usage;
import dev.corral.template.Message;
import dev.corral.template.Role;
import dev.corral.template.ToolCall;
import dev.corral.web.EventStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

class ReplyFramesTests {

	private static final String CONVERSATION = "0193a1c2-0000-7000-8000-000000000001";

	private static final String QUESTION = "0193a1c2-0000-7000-8000-000000000002";

	private static final String REPLY = "0193a1c2-0000-7000-8000-000000000003";

	private static final WindowReport WINDOW = new WindowReport(WindowPolicy.SINK_SHIFT, 512, 64, 300, 2, 2, 0, 1, 0,
			30, new WindowReport.Places(1, 3, List.of(2)));

	private static final List<MessageId> BRANCH = Stream.generate(MessageId::next).limit(4).toList();

	private static final String WINDOW_JSON = "{\"policy\":\"sink-shift\",\"context_tokens\":512,\"reserved_tokens\":64,\"prompt_tokens\":300,"
			+ "\"kept_messages\":2,\"cut_messages\":2,\"recap_tokens\":0,\"recalled_messages\":1,\"truncated_tokens\":0,"
			+ "\"first_cut_id\":\"%s\",\"first_kept_id\":\"%s\",\"recalled_ids\":[\"%s\"]}".formatted(BRANCH.get(1),
					BRANCH.get(3),
					BRANCH.get(2));

	private static final String IDS = "\"conversation_id\":\"%s\",\"message_id\":\"%s\",\"reply_id\":\"%s\""
			.formatted(CONVERSATION, QUESTION, REPLY);

	private static final ReplyProgress USED = new ReplyProgress.Used(new Usage(300, 2, 280),
			new Timings(Duration.ofMillis(1), Duration.ofMillis(20), Duration.ofMillis(5)));

	private static final String USED_JSON = "{\"prompt_tokens\":300,\"completion_tokens\":2,\"total_tokens\":302,\"prompt_tokens_details\":{\"cached_tokens\":280},"
			+ "\"timings\":{\"queue_millis\":1,\"prefill_millis\":20,\"decode_millis\":5},\"window\":%s}";

	@Test
	void tellsAReplyFromItsBeginning() {
		var frames = frames(ReplyEventId.START, step(Stage.QUEUED, 0, new ReplyProgress.Queued(null)),
				step(Stage.QUEUED, 0, new ReplyProgress.Queued(2)),
				step(Stage.WINDOW, 0, new ReplyProgress.Window(WINDOW)),
				step(Stage.PREFILL, 0, new ReplyProgress.Prefill(290, 300, 280)),
				step(Stage.TEXT, 3, new ReplyProgress.Delta("Hé\n")), step(Stage.USED, 3, USED),
				step(Stage.ENDED, 3, new ReplyProgress.Done(MessageStatus.COMPLETE, FinishReason.STOP)));

		assertThat(frames).containsExactly("id: 0-0\nevent: queued\ndata: {%s,\"position\":null}\n\n".formatted(IDS),
				"id: 1-0\nevent: queued\ndata: {%s,\"position\":2}\n\n".formatted(IDS),
				"id: 2-0\nevent: window\ndata: %s\n\n".formatted(WINDOW_JSON),
				"id: 3-0\nevent: prefill\ndata: {\"processed_tokens\":290,\"prompt_tokens\":300,\"cached_tokens\":280}\n\n",
				"id: 4-3\nevent: delta\ndata: {\"content\":\"Hé\\n\"}\n\n",
				"id: 6-3\nevent: usage\ndata: %s\n\n".formatted(USED_JSON.formatted(WINDOW_JSON)),
				"id: 7-3\nevent: done\ndata: {\"status\":\"complete\",\"finish_reason\":\"stop\"}\n\n");
	}

	@Test
	void tellsWhatWasCutAlsoToAReaderWhoComesLater() {
		var frames = frames(new ReplyEventId(Stage.TEXT, 3), step(Stage.USED, 3, USED));

		assertThat(frames).containsExactly(EventStream.KEEP_ALIVE,
				"id: 6-3\nevent: usage\ndata: %s\n\n".formatted(USED_JSON.formatted(WINDOW_JSON)));
	}

	@Test
	void tellsCallsAndFailures() {
		var frames = frames(new ReplyEventId(Stage.TEXT, 0),
				step(Stage.CALLS, 0,
						new ReplyProgress.Called(0, new ToolCall("call_a", "weather", "{\"city\":\"Rome\"}"))),
				step(Stage.ENDED, 0, new ReplyProgress.Failed(new ReplyError("queue_timeout", "Too late."))));

		assertThat(frames).containsExactly(EventStream.KEEP_ALIVE,
				"id: 5-0\nevent: tool_call\ndata: {\"index\":0,\"id\":\"call_a\",\"name\":\"weather\",\"arguments\":\"{\\\"city\\\":\\\"Rome\\\"}\"}\n\n",
				"id: 7-0\nevent: error\ndata: {\"error\":{\"message\":\"Too late.\",\"type\":\"server_error\",\"param\":null,\"code\":\"queue_timeout\"}}\n\n");
	}

	@Test
	void asksForNoMoreStepsThanAreRead() {
		var steps = Flux.range(1, 100).<ReplyStep>map(at -> step(Stage.TEXT, at, new ReplyProgress.Delta("x")));

		StepVerifier
				.create(ReplyFrames.of(reply(), ReplyEventId.START,
						steps.doOnRequest(asked -> assertThat(asked).isLessThan(3)), ReplyFramesTests::told), 0)
				.thenRequest(1).expectNextCount(1).thenRequest(2).expectNextCount(2).thenCancel().verify();
	}

	private static List<String> frames(ReplyEventId from, ReplyStep... steps) {
		return ReplyFrames.of(reply(), from, Flux.fromArray(steps), ReplyFramesTests::told).collectList()
				.blockOptional().orElseThrow();
	}

	private static Mono<WindowAnswer> told(WindowReport report) {
		return Mono.just(WindowAnswer.of(report, BRANCH));
	}

	private static ReplyStep step(Stage stage, int characters, ReplyProgress progress) {
		return new ReplyStep(new ReplyEventId(stage, characters), progress);
	}

	private static StoredMessage reply() {
		return new StoredMessage(MessageId.parse(REPLY), ConversationId.parse(CONVERSATION), MessageId.parse(QUESTION),
				1, new Message(Role.ASSISTANT, ""), MessageStatus.IN_PROGRESS, null,
				new ReplyFacts("llama", WINDOW, null, null, null, null, null, null), null, Instant.EPOCH);
	}

}
