package dev.corral.generation;

import java.util.List;

import dev.corral.contextwindow.WindowReport;
import dev.corral.inference.GenerationEvent.Admitted;
import reactor.core.publisher.Flux;

/**
 * A request whose conversation was fitted into the model's context window.
 *
 * @param chat the prompt
 * @param report what is in it
 */
record WindowedChat(PreparedChat chat, WindowReport report) {

	/** One of several replies, with the calls of tools apart and the window told. */
	Flux<ReplyEvent> replyAndCalls(int choice) {
		// Prefetch 1: what the reader has not taken stays in the engine's bridge, which merges it.
		return chat.replyAndCalls(choice).concatMapIterable(event -> event instanceof ReplyEvent.Generated(Admitted _)
				? List.of(event, new ReplyEvent.Windowed(report))
				: List.of(event), 1);
	}

}
