package dev.corral.responses;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.corral.conversation.MessageStatus;
import dev.corral.generation.ReplyEvent;
import dev.corral.generation.ReplyEvent.Generated;
import dev.corral.generation.ReplyEvent.ToolCallArguments;
import dev.corral.generation.ReplyEvent.ToolCallBegun;
import dev.corral.generation.ReplyEvent.Windowed;
import dev.corral.generation.ReplyProgress;
import dev.corral.inference.FinishReason;
import dev.corral.inference.GenerationEvent.Admitted;
import dev.corral.inference.GenerationEvent.Failed;
import dev.corral.inference.GenerationEvent.Finished;
import dev.corral.inference.GenerationEvent.PromptProcessed;
import dev.corral.inference.GenerationEvent.TokenDelta;
import dev.corral.inference.InferenceFailure;
import dev.corral.template.ToolCall;
import reactor.core.publisher.Flux;

/** Tells a reply that is nowhere stored as one that is. */
final class UnstoredReply {

	private @Nullable ToolCallBegun call;

	private final StringBuilder arguments = new StringBuilder();

	private UnstoredReply() {
	}

	/** What is told about one reply; a failed generation is an error signal. */
	static Flux<ReplyProgress> of(Flux<ReplyEvent> events) {
		// Prefetch 1: a slow reader must be slow towards the engine, which then merges deltas.
		return Flux.defer(() -> events.concatMapIterable(new UnstoredReply()::progress, 1));
	}

	private List<ReplyProgress> progress(ReplyEvent event) {
		return switch (event) {
			case Generated(Admitted _) -> List.of(new ReplyProgress.Queued(null));
			case Generated(PromptProcessed read) -> List
					.of(new ReplyProgress.Prefill(read.promptTokens(), read.promptTokens(), read.cachedTokens()));
			case Generated(TokenDelta delta) -> List.of(new ReplyProgress.Delta(delta.text()));
			case Windowed(var report) -> List.of(new ReplyProgress.Window(report));
			case ToolCallBegun begun -> {
				var before = whole();
				call = begun;
				yield before;
			}
			case ToolCallArguments part -> {
				arguments.append(part.part());
				yield List.of();
			}
			case Generated(Finished finished) -> end(finished);
			case Generated(Failed failed) -> throw failed.failure();
		};
	}

	/** The call that was begun, if any: its arguments are complete. */
	private List<ReplyProgress> whole() {
		if (call == null) {
			return List.of();
		}
		var called = new ReplyProgress.Called(call.index(), new ToolCall(call.id(), call.name(), arguments.toString()));
		arguments.setLength(0);
		call = null;
		return List.of(called);
	}

	private List<ReplyProgress> end(Finished finished) {
		if (finished.reason() == FinishReason.CANCELLED) {
			throw new InferenceFailure.EngineClosed();
		}
		if (finished.reason() == FinishReason.ERROR) {
			throw new InferenceFailure.DecodeFailed("the engine ended the reply with an error");
		}
		var told = new ArrayList<>(whole());
		told.add(new ReplyProgress.Used(finished.usage(), finished.timings()));
		told.add(new ReplyProgress.Done(MessageStatus.COMPLETE, finished.reason()));
		return told;
	}

}
