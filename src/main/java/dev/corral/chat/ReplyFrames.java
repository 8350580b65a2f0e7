package dev.corral.chat;

import java.util.Objects;
import java.util.function.Function;

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
import reactor.core.publisher.Mono;

/** The events of a stored reply for one reader. */
final class ReplyFrames {

	private final StoredMessage reply;

	private final Function<WindowReport, Mono<WindowAnswer>> windows;

	private @Nullable WindowReport window;

	/** What the reader was told last. */
	private @Nullable Integer position;

	private ReplyFrames(StoredMessage reply, Function<WindowReport, Mono<WindowAnswer>> windows) {
		this.reply = reply;
		this.windows = windows;
		var facts = reply.reply();
		window = facts == null ? null : facts.window();
	}

	/**
	 * The frames of these steps, and one before them at once: readers at the beginning learn the ids, and for all others it is known
	 * that something is on its way.
	 *
	 * @param reply as it was stored when reading began
	 * @param from where the reader is
	 * @param windows what is told of a window
	 */
	static Flux<String> of(StoredMessage reply, ReplyEventId from, Flux<ReplyStep> steps,
			Function<WindowReport, Mono<WindowAnswer>> windows) {
		return Flux.defer(() -> {
			var frames = new ReplyFrames(reply, windows);
			var first = from.stage() == Stage.START ? frames.queued(from, null) : EventStream.KEEP_ALIVE;
			return steps.concatMap(frames::frame, 1).startWith(first);
		});
	}

	/** Empty if it is nothing new to the reader. */
	private Mono<String> frame(ReplyStep step) {
		var id = step.id();
		return switch (step.progress()) {
			case ReplyProgress.Queued queued when Objects.equals(queued.position(), position) -> Mono.empty();
			case ReplyProgress.Queued queued -> Mono.just(queued(id, queued.position()));
			case ReplyProgress.Window(WindowReport report) -> {
				window = report;
				yield windows.apply(report).map(told -> frame(id, "window", told));
			}
			case ReplyProgress.Prefill prefill -> Mono.just(frame(id, "prefill", prefill));
			case ReplyProgress.Delta(String text) -> Mono.just(frame(id, "delta", new Delta(text)));
			case ReplyProgress.Called called ->
				Mono.just(frame(id, "tool_call", new Called(called.index(), ToolCallAnswer.of(called.call()))));
			case ReplyProgress.Used used -> window == null
					? Mono.just(used(id, used, null))
					: windows.apply(window).map(told -> used(id, used, told));
			case ReplyProgress.Done done ->
				Mono.just(frame(id, "done", new Done(done.status().id(), ReplyAnswer.text(done.finishReason()))));
			case ReplyProgress.Failed(ReplyError error) -> Mono.just(frame(id, "error", new ErrorEnvelope(
					new ErrorEnvelope.Body(error.message(), "server_error", null, error.code()))));
		};
	}

	private static String used(ReplyEventId id, ReplyProgress.Used used, @Nullable WindowAnswer window) {
		return frame(id, "usage", new Used(UsageAnswer.of(used.usage()), TimingsAnswer.of(used.timings()), window));
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
