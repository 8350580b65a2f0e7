package dev.corral.responses;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.corral.conversation.ReplyError;
import dev.corral.generation.ReplyProgress;
import dev.corral.generation.ReplyProgress.Called;
import dev.corral.generation.ReplyProgress.Delta;
import dev.corral.generation.ReplyProgress.Done;
import dev.corral.generation.ReplyProgress.Failed;
import dev.corral.responses.Item.OutputText;
import dev.corral.responses.ResponseEvent.ArgumentsDelta;
import dev.corral.responses.ResponseEvent.ArgumentsDone;
import dev.corral.responses.ResponseEvent.Of;
import dev.corral.responses.ResponseEvent.OfItem;
import dev.corral.responses.ResponseEvent.OfPart;
import dev.corral.responses.ResponseEvent.TextDelta;
import dev.corral.responses.ResponseEvent.TextDone;
import dev.corral.template.ToolCall;

/** The events of one streamed response, made of what is told about its reply. Not safe for several threads. */
final class ResponseStream {

	/** So that a reader is told everything. */
	static final int FROM_THE_BEGINNING = -1;

	/** The number of the last event before the first delta, if there is text. */
	private static final int BEFORE_TEXT = 3;

	private final ResponseHead head;

	private final int after;

	private final ReplySoFar reply = new ReplySoFar();

	/** What the reader is told of next. */
	private final List<ResponseEvent> told = new ArrayList<>();

	private int sequence = FROM_THE_BEGINNING;

	/** Index of the latest item, -1 before the first. */
	private int index = -1;

	private boolean inText;

	/** The latest call, whose item is not whole before something follows it. */
	private @Nullable ToolCall openCall;

	private int callsEnded;

	/** @param after the number of the last event that the reader has; what comes until it is not told again */
	ResponseStream(ResponseHead head, int after) {
		this.head = head;
		this.after = after;
	}

	/** The events before anything was told about the reply. */
	List<ResponseEvent> begin() {
		tell(new Of("response.created", ++sequence, ResponseObject.begun(head)));
		tell(new Of("response.in_progress", ++sequence, ResponseObject.begun(head)));
		return take();
	}

	List<ResponseEvent> accept(ReplyProgress progress) {
		int before = reply.text().length();
		reply.add(progress);
		switch (progress) {
			case Delta delta -> text(before, delta.text());
			case Called called -> call(called.call());
			case Done _,Failed _ -> end();
			case ReplyProgress.Queued _,ReplyProgress.Window _,ReplyProgress.Prefill _,ReplyProgress.Used _ -> {
			}
		}
		return take();
	}

	/** The events of a reply that nothing more is told about, because of this. */
	List<ResponseEvent> fail(ReplyError why) {
		return accept(new Failed(why));
	}

	/** The number of an event that would come now. */
	int nextNumber() {
		return sequence + 1;
	}

	private void text(int before, String delta) {
		if (!inText) {
			beginText();
		}
		sequence = BEFORE_TEXT + before + delta.length();
		int known = Math.clamp(after - BEFORE_TEXT - before, 0, delta.length());
		tell(new TextDelta("response.output_text.delta", sequence, head.item().toString(), index, 0,
				delta.substring(known), List.of()));
	}

	private void beginText() {
		inText = true;
		index++;
		tell(new OfItem("response.output_item.added", ++sequence, index, Item.Said.begun(head.item())));
		tell(new OfPart("response.content_part.added", ++sequence, head.item().toString(), index, 0,
				OutputText.of("")));
	}

	private void endText(String status) {
		inText = false;
		var id = head.item();
		var text = reply.text();
		tell(new TextDone("response.output_text.done", ++sequence, id.toString(), index, 0, text, List.of()));
		tell(new OfPart("response.content_part.done", ++sequence, id.toString(), index, 0, OutputText.of(text)));
		tell(new OfItem("response.output_item.done", ++sequence, index, Item.Said.of(id, status, text)));
	}

	/** A call is told when it is whole, so it needs one delta. */
	private void call(ToolCall call) {
		endItem(Item.COMPLETED);
		index++;
		openCall = call;
		var id = ItemId.ofCall(head.reply(), reply.calls().size() - 1);
		tell(new OfItem("response.output_item.added", ++sequence, index, Item.Call.begun(id, call)));
		tell(new ArgumentsDelta("response.function_call_arguments.delta", ++sequence, id.toString(), index,
				call.arguments()));
		tell(new ArgumentsDone("response.function_call_arguments.done", ++sequence, id.toString(), index, call.name(),
				call.arguments()));
	}

	private void endItem(String status) {
		if (inText) {
			endText(status);
		} else if (openCall != null) {
			var id = ItemId.ofCall(head.reply(), callsEnded++);
			tell(new OfItem("response.output_item.done", ++sequence, index, Item.Call.of(id, status, openCall)));
			openCall = null;
		}
	}

	private void end() {
		var response = ResponseObject.of(head, reply);
		if (index < 0 && !response.output().isEmpty()) {
			beginText();
			sequence = BEFORE_TEXT;
		}
		endItem(Item.status(reply.status(), reply.cut()));
		var name = switch (response.status()) {
			case ResponseObject.COMPLETED -> "response.completed";
			case ResponseObject.FAILED -> "response.failed";
			default -> "response.incomplete";
		};
		tell(new Of(name, ++sequence, response));
	}

	private void tell(ResponseEvent event) {
		if (event.sequenceNumber() > after) {
			told.add(event);
		}
	}

	private List<ResponseEvent> take() {
		var events = List.copyOf(told);
		told.clear();
		return events;
	}

}
