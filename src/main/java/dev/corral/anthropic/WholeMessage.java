package dev.corral.anthropic;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

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
import dev.corral.web.Json;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;

/** Gathers the reply to a request that is answered in one piece. */
final class WholeMessage {

	private final MessagesRequest request;

	private final List<ContentBlock> content = new ArrayList<>();

	private final StringBuilder text = new StringBuilder();

	private final StringBuilder arguments = new StringBuilder();

	private @Nullable ToolCallBegun call;

	private boolean called;

	private @Nullable Finished end;

	private WholeMessage(MessagesRequest request) {
		this.request = request;
	}

	/** The completed reply; a failed generation is an error signal, for half a reply is none. */
	static Mono<MessageReply> of(MessagesRequest request, Flux<ReplyEvent> events) {
		return events.collect(() -> new WholeMessage(request), WholeMessage::add).map(WholeMessage::message);
	}

	private void add(ReplyEvent event) {
		switch (event) {
			case Generated(Admitted _),Generated(PromptProcessed _),Windowed _ -> {
			}
			case Generated(TokenDelta delta) -> {
				endCall();
				text.append(delta.text());
			}
			case ToolCallBegun begun -> {
				endText();
				endCall();
				call = begun;
				called = true;
			}
			case ToolCallArguments part -> arguments.append(part.part());
			case Generated(Finished finished) -> end = finished;
			case Generated(Failed failed) -> throw failed.failure();
		}
	}

	private void endText() {
		if (!text.isEmpty()) {
			content.add(ContentBlock.Text.of(text.toString()));
			text.setLength(0);
		}
	}

	private void endCall() {
		if (call != null) {
			content.add(ContentBlock.ToolUse.of(call.id(), call.name(), input(arguments.toString())));
			arguments.setLength(0);
			call = null;
		}
	}

	/** An input that was cut off by the token limit is none. */
	private static Object input(String json) {
		try {
			var input = Json.read(json.getBytes(StandardCharsets.UTF_8));
			return input.isObject() ? input : Map.of();
		} catch (JacksonException cutOff) {
			return Map.of();
		}
	}

	private MessageReply message() {
		if (end == null) {
			throw new IllegalStateException("The engine ended a generation without a terminal event.");
		}
		endText();
		endCall();
		var sequence = StopReasons.sequence(end, request.chat().stopSequences());
		return MessageReply.of(request.chat().model(), List.copyOf(content), StopReasons.of(end, called, sequence),
				sequence, MessageUsage.of(end.usage()));
	}

}
