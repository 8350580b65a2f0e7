package dev.corral.responses;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.corral.contextwindow.WindowPolicy;
import dev.corral.contextwindow.WindowReport;
import dev.corral.conversation.MessageId;
import dev.corral.conversation.MessageStatus;
import dev.corral.conversation.ReplyError;
import dev.corral.generation.ReplyProgress;
import dev.corral.generation.ReplyProgress.Called;
import dev.corral.generation.ReplyProgress.Delta;
import dev.corral.generation.ReplyProgress.Done;
import dev.corral.generation.ReplyProgress.Failed;
import dev.corral.generation.ReplyProgress.Prefill;
import dev.corral.generation.ReplyProgress.Queued;
import dev.corral.generation.ReplyProgress.Used;
import dev.corral.generation.ReplyProgress.Window;
import dev.corral.inference.FinishReason;
import dev.corral.inference.Timings;
import dev.corral.inference.Usage;
import dev.corral.responses.ResponseEcho.TextConfig;
import dev.corral.responses.ResponseEvent.Of;
import dev.corral.responses.ResponseEvent.TextDelta;
import dev.corral.template.ToolCall;
import tools.jackson.databind.node.JsonNodeFactory;

import static org.assertj.core.api.Assertions.assertThat;

class ResponseStreamTests {

	private static final MessageId REPLY = MessageId.parse("0190c5f0aaaa7bbb8cccddddeeeeffff");

	private static final String ITEM = "msg_0190c5f0aaaa7bbb8cccddddeeeeffff";

	private static final ReplyProgress USED = new Used(new Usage(7, 3, 5), Timings.NONE);

	private static final ReplyProgress WHOLE = new Done(MessageStatus.COMPLETE, FinishReason.STOP);

	private static final ToolCall CALL = new ToolCall("call_a", "f", "{\"a\":1}");

	@Test
	void writesTheBytesOfTheApi() {
		var events = told(new Queued(3), new Prefill(7, 7, 5), new Delta("Hé"), new Delta("\"\n"), USED, WHOLE);

		assertThat(frames(events)).hasSize(10).startsWith(
				"event: response.created\ndata: {\"type\":\"response.created\",\"sequence_number\":0,\"response\":RESPONSE}\n\n",
				"event: response.in_progress\ndata: {\"type\":\"response.in_progress\",\"sequence_number\":1,\"response\":RESPONSE}\n\n",
				"event: response.output_item.added\ndata: {\"type\":\"response.output_item.added\",\"sequence_number\":2,\"output_index\":0,\"item\":{\"id\":\"ITEM\",\"type\":\"message\",\"status\":\"in_progress\",\"role\":\"assistant\",\"content\":[]}}\n\n",
				"event: response.content_part.added\ndata: {\"type\":\"response.content_part.added\",\"sequence_number\":3,\"item_id\":\"ITEM\",\"output_index\":0,\"content_index\":0,\"part\":{\"type\":\"output_text\",\"annotations\":[],\"logprobs\":[],\"text\":\"\"}}\n\n",
				"event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"sequence_number\":5,\"item_id\":\"ITEM\",\"output_index\":0,\"content_index\":0,\"delta\":\"Hé\",\"logprobs\":[]}\n\n",
				"event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"sequence_number\":7,\"item_id\":\"ITEM\",\"output_index\":0,\"content_index\":0,\"delta\":\"\\\"\\n\",\"logprobs\":[]}\n\n",
				"event: response.output_text.done\ndata: {\"type\":\"response.output_text.done\",\"sequence_number\":8,\"item_id\":\"ITEM\",\"output_index\":0,\"content_index\":0,\"text\":\"Hé\\\"\\n\",\"logprobs\":[]}\n\n",
				"event: response.content_part.done\ndata: {\"type\":\"response.content_part.done\",\"sequence_number\":9,\"item_id\":\"ITEM\",\"output_index\":0,\"content_index\":0,\"part\":{\"type\":\"output_text\",\"annotations\":[],\"logprobs\":[],\"text\":\"Hé\\\"\\n\"}}\n\n");
	}

	@Test
	void endsWithTheWholeResponse() {
		var report = new WindowReport(WindowPolicy.ROLLING, 100, 20, 70, 3, 4, 0, 0, 0);
		var events = told(new Queued(null), new Window(report), new Delta("Hi"), USED, WHOLE);

		assertThat(events.getLast().type()).isEqualTo("response.completed");
		var response = ((Of) events.getLast()).response();
		assertThat(response.status()).isEqualTo("completed");
		assertThat(response.output()).containsExactly(Item.Said.of(ItemId.of(REPLY), "completed", "Hi"));
		assertThat(response.usage()).isEqualTo(ResponseObject.ResponseUsage.of(new Usage(7, 3, 5)));
		assertThat(response.contextWindow()).extracting("cutMessages").isEqualTo(4);
		assertThat(response.completedAt()).isNotNull();
		assertThat(response.error()).isNull();
	}

	@Test
	void tellsCallsBehindTheText() {
		var events = told(new Delta("Let me see."), new Called(0, CALL),
				new Called(1, new ToolCall("call_b", "g", "{}")), USED, WHOLE);

		assertThat(events).extracting(ResponseEvent::type).containsExactly("response.created", "response.in_progress",
				"response.output_item.added", "response.content_part.added", "response.output_text.delta",
				"response.output_text.done", "response.content_part.done", "response.output_item.done",
				"response.output_item.added", "response.function_call_arguments.delta",
				"response.function_call_arguments.done", "response.output_item.done", "response.output_item.added",
				"response.function_call_arguments.delta", "response.function_call_arguments.done",
				"response.output_item.done", "response.completed");
		assertThat(frames(events.subList(8, 12))).containsExactly(
				"event: response.output_item.added\ndata: {\"type\":\"response.output_item.added\",\"sequence_number\":18,\"output_index\":1,\"item\":{\"id\":\"fc_0190c5f0aaaa7bbb8cccddddeeeeffff_0\",\"type\":\"function_call\",\"status\":\"in_progress\",\"call_id\":\"call_a\",\"name\":\"f\",\"arguments\":\"\"}}\n\n",
				"event: response.function_call_arguments.delta\ndata: {\"type\":\"response.function_call_arguments.delta\",\"sequence_number\":19,\"item_id\":\"fc_0190c5f0aaaa7bbb8cccddddeeeeffff_0\",\"output_index\":1,\"delta\":\"{\\\"a\\\":1}\"}\n\n",
				"event: response.function_call_arguments.done\ndata: {\"type\":\"response.function_call_arguments.done\",\"sequence_number\":20,\"item_id\":\"fc_0190c5f0aaaa7bbb8cccddddeeeeffff_0\",\"output_index\":1,\"name\":\"f\",\"arguments\":\"{\\\"a\\\":1}\"}\n\n",
				"event: response.output_item.done\ndata: {\"type\":\"response.output_item.done\",\"sequence_number\":21,\"output_index\":1,\"item\":{\"id\":\"fc_0190c5f0aaaa7bbb8cccddddeeeeffff_0\",\"type\":\"function_call\",\"status\":\"completed\",\"call_id\":\"call_a\",\"name\":\"f\",\"arguments\":\"{\\\"a\\\":1}\"}}\n\n");
	}

	@Test
	void tellsACallThatTheLengthCutOff() {
		var events = told(new Called(0, CALL), USED, new Done(MessageStatus.COMPLETE, FinishReason.LENGTH));

		assertThat(events.getLast().type()).isEqualTo("response.incomplete");
		assertThat(((Of) events.getLast()).response().incompleteDetails())
				.isEqualTo(new ResponseObject.IncompleteDetails("max_output_tokens"));
		assertThat(events.get(events.size() - 2)).extracting("item")
				.isEqualTo(Item.Call.of(ItemId.ofCall(REPLY, 0), "incomplete", CALL));
		assertThat(((Of) events.getLast()).response().output())
				.containsExactly(Item.Call.of(ItemId.ofCall(REPLY, 0), "incomplete", CALL));
	}

	@Test
	void makesAnEmptyMessageOfAReplyThatSaysNothing() {
		var events = told(new Queued(null), USED, WHOLE);

		assertThat(events).extracting(ResponseEvent::type).containsExactly("response.created", "response.in_progress",
				"response.output_item.added", "response.content_part.added", "response.output_text.done",
				"response.content_part.done", "response.output_item.done", "response.completed");
		assertThat(events).extracting(ResponseEvent::sequenceNumber).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
	}

	@ParameterizedTest
	@EnumSource(value = MessageStatus.class, names = {"STOPPED", "INTERRUPTED"})
	void tellsThatAReplyEndedBeforeItsTime(MessageStatus status) {
		var events = told(new Delta("Hal"), new Done(status, FinishReason.CANCELLED));

		var last = (Of) events.getLast();
		assertThat(last.type())
				.isEqualTo(status == MessageStatus.STOPPED ? "response.incomplete" : "response.failed");
		assertThat(last.response().status()).isEqualTo(status == MessageStatus.STOPPED ? "cancelled" : "failed");
		assertThat(last.response().output()).containsExactly(Item.Said.of(ItemId.of(REPLY), "incomplete", "Hal"));
	}

	@Test
	void tellsWhyAReplyFailed() {
		var events = told(new Queued(1), new Failed(new ReplyError("queue_timeout", "Too long.")));

		assertThat(events).extracting(ResponseEvent::type).containsExactly("response.created", "response.in_progress",
				"response.failed");
		var response = ((Of) events.getLast()).response();
		assertThat(response.error()).isEqualTo(new ResponseObject.Failure("rate_limit_exceeded", "Too long."));
		assertThat(response.output()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(ints = {1, 2, 3, 7, 20})
	void tellsTheSameWhereverAReaderWasAndHoweverTheTextIsCut(int size) {
		var text = "What was said goes on.";
		var whole = told(new Delta(text), new Called(0, CALL), USED, WHOLE);
		int last = whole.getLast().sequenceNumber();
		for (int after = -1; after <= last; after++) {
			var stream = new ResponseStream(head(), after);
			var told = new ArrayList<>(stream.begin());
			for (int i = 0; i < text.length(); i += size) {
				told.addAll(stream.accept(new Delta(text.substring(i, Math.min(i + size, text.length())))));
			}
			List.of(new Called(0, CALL), USED, WHOLE).forEach(progress -> told.addAll(stream.accept(progress)));

			int known = Math.clamp(after - 3, 0, text.length());
			assertThat(text(told)).isEqualTo(text.substring(known));
			assertThat(told).extracting(ResponseEvent::sequenceNumber).isSorted().doesNotHaveDuplicates();
			int from = after;
			assertThat(told.stream().filter(event -> !(event instanceof TextDelta) && !(event instanceof Of)))
					.isEqualTo(whole.stream()
							.filter(event -> !(event instanceof TextDelta) && !(event instanceof Of)
									&& event.sequenceNumber() > from)
							.toList());
		}
	}

	private static String text(List<ResponseEvent> events) {
		var text = new StringBuilder();
		events.forEach(event -> {
			if (event instanceof TextDelta delta) {
				text.append(delta.delta());
			}
		});
		return text.toString();
	}

	private static List<ResponseEvent> told(ReplyProgress... reply) {
		var stream = new ResponseStream(head(), ResponseStream.FROM_THE_BEGINNING);
		var told = new ArrayList<>(stream.begin());
		for (var progress : reply) {
			told.addAll(stream.accept(progress));
		}
		return told;
	}

	private static List<String> frames(List<ResponseEvent> events) {
		return events.stream().map(ResponseEvent::frame).map(frame -> frame.replace(ITEM, "ITEM")
				.replaceFirst("\"response\":\\{.*}}", "\"response\":RESPONSE}")).toList();
	}

	static ResponseHead head() {
		return new ResponseHead(REPLY, Instant.EPOCH, "llama",
				new ResponseEcho(false, null, null, Map.of(), null, null, true, true, 1, 1,
						new TextConfig(TextFormat.TEXT), JsonNodeFactory.instance.stringNode("auto"), List.of(), null,
						null, null, null));
	}

}
