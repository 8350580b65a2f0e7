package dev.corral.chat;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

import dev.corral.contextwindow.WindowReport;
import dev.corral.conversation.ReplyError;
import dev.corral.conversation.StoredMessage;
import dev.corral.generation.ReplyEventId;
import dev.corral.generation.ReplyEventId.Stage;
import dev.corral.generation.ReplyProgress;
import dev.corral.generation.ReplyStep;
import dev.corral.web.ErrorEnvelope;
import dev.corral.web.EventStream;
import reactor.core.publisher.Flux;

/** The events of a stored reply for one reader. */
final class ReplyFrames {

	private final StoredMessage reply;

	private @Nullable WindowReport window;

	/** What the reader was told last. */
	private @Nullable Integer position;

	private ReplyFrames(StoredMessage reply) {
		this.reply = reply;
		var facts = reply.reply();
		window = facts == null ? null : facts.window();
	}

	/**
	 * The frames of these steps, and one before them at once: readers at the beginning learn the ids, and for all others it is known
	 * that something is on its way.
	 *
	 * @param reply as it was stored when reading began
	 * @param from where the reader is
	 */
	static Flux<String> of(StoredMessage reply, ReplyEventId from, Flux<ReplyStep> steps) {
		return Flux.defer(() -> {
			var frames = new ReplyFrames(reply);
			var first = from.stage() == Stage.START ? frames.queued(from, null) : EventStream.KEEP_ALIVE;
			return steps.mapNotNull(frames::frame).startWith(first);
		});
	}

	/** {@code null} if it is nothing new to the reader. */
	private @Nullable String frame(ReplyStep step) {
		var id = step.id();
		return switch (step.progress()) {
			case ReplyProgress.Queued queued when Objects.equals(queued.position(), position) -> null;
			case ReplyProgress.Queued queued -> queued(id, queued.position());
			case ReplyProgress.Window(WindowReport report) -> {
				window = report;
				yield frame(id, "window", WindowAnswer.of(report));
			}
			case ReplyProgress.Prefill prefill -> frame(id, "prefill", prefill);
			case ReplyProgress.Delta(String text) -> frame(id, "delta", new Delta(text));
			case ReplyProgress.Called called ->
				frame(id, "tool_call", new Called(called.index(), ToolCallAnswer.of(called.call())));
			case ReplyProgress.Used used -> frame(id, "usage", new Used(UsageAnswer.of(used.usage()),
					TimingsAnswer.of(used.timings()), window == null ? null : WindowAnswer.of(window)));
			case ReplyProgress.Done done ->
				frame(id, "done", new Done(done.status().id(), ReplyAnswer.text(done.finishReason())));
			case ReplyProgress.Failed(ReplyError error) -> frame(id, "error", new ErrorEnvelope(
					new ErrorEnvelope.Body(error.message(), "server_error", null, error.code())));
		};
	}

	private String queued(ReplyEventId id, @Nullable Integer position) {
		this.position = position;
		return frame(id, "queued", new Queued(reply.conversation().toString(), MessageAnswer.text(reply.parent()),
				reply.id().toString(), position));
	}

	private static String frame(ReplyEventId id, String name, Object data) {
		return EventStream.event(id.toString(), name, data);
	}

	/**
	 * What there is now.
	 *
	 * @param messageId the message that is replied to
	 * @param position as in {@link ReplyProgress.Queued}
	 */
	private record Queued(String conversationId, @Nullable String messageId, String replyId,
			@Nullable Integer position) {
	}

	private record Delta(String content) {
	}

	private record Called(int index, @JsonUnwrapped ToolCallAnswer call) {
	}

	/** @param window what the reply was given to read; {@code null} if it never came to that */
	private record Used(@JsonUnwrapped UsageAnswer usage, TimingsAnswer timings, @Nullable WindowAnswer window) {
	}

	private record Done(String status, @Nullable String finishReason) {
	}

}
