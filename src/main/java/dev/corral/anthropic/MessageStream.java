package dev.corral.anthropic;

import java.util.ArrayList;
import java.util.List;

import dev.corral.anthropic.MessageEvent.BlockDelta;
import dev.corral.anthropic.MessageEvent.BlockStart;
import dev.corral.anthropic.MessageEvent.BlockStop;
import dev.corral.anthropic.MessageEvent.End;
import dev.corral.anthropic.MessageEvent.MessageDelta;
import dev.corral.anthropic.MessageEvent.MessageStart;
import dev.corral.anthropic.MessageEvent.MessageStop;
import dev.corral.anthropic.MessageEvent.Ping;
import dev.corral.generation.ReplyEvent;
import dev.corral.generation.ReplyEvent.Generated;
import dev.corral.generation.ReplyEvent.ToolCallArguments;
import dev.corral.generation.ReplyEvent.ToolCallBegun;
import dev.corral.generation.ReplyEvent.Windowed;
import dev.corral.inference.GenerationEvent.Admitted;
import dev.corral.inference.GenerationEvent.Failed;
import dev.corral.inference.GenerationEvent.Finished;
import dev.corral.inference.GenerationEvent.PromptProcessed;
import dev.corral.inference.GenerationEvent.TokenDelta;
import dev.corral.inference.Usage;
import dev.corral.web.ApiErrors;
import dev.corral.web.EventStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The frames of a streamed reply. Text and each call of a tool are blocks, one after the other. */
final class MessageStream {

	private final MessagesRequest request;

	private final String requestId;

	private boolean admitted;

	private boolean called;

	/** Index of the latest block, -1 before the first. */
	private int block = -1;

	private Open open = Open.NOTHING;

	private MessageStream(MessagesRequest request, String requestId) {
		this.request = request;
		this.requestId = requestId;
	}

	/** An error before the request is admitted is an error signal; a later one is a frame, and the stream's end. */
	static Flux<String> of(MessagesRequest request, String requestId, Flux<ReplyEvent> events) {
		return Flux.defer(() -> {
			var stream = new MessageStream(request, requestId);
			return events.concatMapIterable(stream::frames, 1).onErrorResume(stream::failure);
		});
	}

	private List<String> frames(ReplyEvent event) {
		return switch (event) {
			// A comment, for the first event tells how long the prompt is, and how much of it was cached.
			case Generated(Admitted _) -> {
				admitted = true;
				yield List.of(EventStream.KEEP_ALIVE);
			}
			case Windowed _ -> List.of();
			case Generated(PromptProcessed processed) -> List.of(start(processed).frame());
			case Generated(TokenDelta delta) -> frames(text(delta.text()));
			case ToolCallBegun begun -> frames(call(begun));
			case ToolCallArguments arguments -> List.of(BlockDelta.input(block, arguments.part()).frame());
			case Generated(Finished finished) -> frames(end(finished));
			case Generated(Failed failed) -> throw failed.failure();
		};
	}

	private static List<String> frames(List<MessageEvent> events) {
		return events.stream().map(MessageEvent::frame).toList();
	}

	private MessageEvent start(PromptProcessed processed) {
		var usage = MessageUsage.of(new Usage(processed.promptTokens(), 0, processed.cachedTokens()));
		return new MessageStart(MessageReply.begun(request.chat().model(), usage));
	}

	private List<MessageEvent> text(String text) {
		var events = new ArrayList<MessageEvent>();
		if (open != Open.TEXT) {
			begin(Open.TEXT, ContentBlock.Text.of(""), events);
		}
		events.add(BlockDelta.text(block, text));
		return events;
	}

	private List<MessageEvent> call(ToolCallBegun begun) {
		var events = new ArrayList<MessageEvent>();
		begin(Open.CALL, ContentBlock.ToolUse.begun(begun.id(), begun.name()), events);
		called = true;
		return events;
	}

	private void begin(Open next, ContentBlock content, List<MessageEvent> events) {
		stopBlock(events);
		open = next;
		events.add(new BlockStart(++block, content));
		if (block == 0) {
			events.add(new Ping());
		}
	}

	private void stopBlock(List<MessageEvent> events) {
		if (open != Open.NOTHING) {
			events.add(new BlockStop(block));
			open = Open.NOTHING;
		}
	}

	private List<MessageEvent> end(Finished finished) {
		var sequence = StopReasons.sequence(finished, request.chat().stopSequences());
		var reason = StopReasons.of(finished, called, sequence);
		var events = new ArrayList<MessageEvent>();
		stopBlock(events);
		events.add(new MessageDelta(new End(reason, sequence), MessageUsage.of(finished.usage())));
		events.add(new MessageStop());
		return events;
	}

	private Mono<String> failure(Throwable failure) {
		return admitted
				? Mono.just(EventStream.event("error",
						AnthropicErrors.envelope(ApiErrors.of(failure, requestId), requestId)))
				: Mono.error(failure);
	}

	/** What kind of block the reply is in. */
	private enum Open {

		NOTHING, TEXT, CALL

	}

}
