package dev.corral.responses;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.corral.contextwindow.WindowReport;
import dev.corral.conversation.MessageStatus;
import dev.corral.conversation.ReplyError;
import dev.corral.conversation.StoredMessage;
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
import dev.corral.inference.Usage;
import dev.corral.template.Message;
import dev.corral.template.Role;
import dev.corral.template.ToolCall;

/** What is known of a reply by now: what was told about it, or is stored. */
final class ReplySoFar {

	private final StringBuilder text = new StringBuilder();

	private final List<ToolCall> calls = new ArrayList<>();

	private MessageStatus status = MessageStatus.IN_PROGRESS;

	private @Nullable WindowReport window;

	private @Nullable Usage usage;

	private @Nullable FinishReason finishReason;

	private @Nullable ReplyError error;

	private @Nullable Instant finishedAt;

	static ReplySoFar of(StoredMessage reply) {
		var known = new ReplySoFar();
		known.text.append(reply.message().content());
		known.calls.addAll(reply.message().toolCalls());
		known.status = reply.status();
		var facts = reply.reply();
		if (facts != null) {
			known.window = facts.window();
			known.usage = facts.usage();
			known.finishReason = facts.finishReason();
			known.error = facts.error();
			known.finishedAt = facts.finishedAt();
		}
		return known;
	}

	void add(ReplyProgress progress) {
		switch (progress) {
			case Queued _,Prefill _ -> {
			}
			case Window told -> window = told.report();
			case Delta delta -> text.append(delta.text());
			case Called called -> calls.add(called.call());
			case Used used -> usage = used.usage();
			case Done done -> end(done.status(), done.finishReason());
			case Failed failed -> fail(failed.error());
		}
	}

	void fail(ReplyError why) {
		error = why;
		end(MessageStatus.FAILED, FinishReason.ERROR);
	}

	private void end(MessageStatus how, @Nullable FinishReason why) {
		status = how;
		finishReason = why;
		finishedAt = Instant.now();
	}

	String text() {
		return text.toString();
	}

	List<ToolCall> calls() {
		return calls;
	}

	MessageStatus status() {
		return status;
	}

	/** Whether it ended at its length. */
	boolean cut() {
		return finishReason == FinishReason.LENGTH;
	}

	@Nullable
	WindowReport window() {
		return window;
	}

	@Nullable
	Usage usage() {
		return usage;
	}

	@Nullable
	ReplyError error() {
		return error;
	}

	@Nullable
	Instant finishedAt() {
		return finishedAt;
	}

	/** The items that it consists of so far. */
	List<Item> items(ItemId id) {
		return text.isEmpty() && calls.isEmpty() && status != MessageStatus.COMPLETE
				? List.of()
				: Item.output(id, new Message(Role.ASSISTANT, text(), calls, null), Item.status(status, cut()));
	}

}
