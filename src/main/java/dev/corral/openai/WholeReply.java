package dev.corral.openai;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.GenerationEvent;
import dev.corral.inference.GenerationEvent.Admitted;
import dev.corral.inference.GenerationEvent.Failed;
import dev.corral.inference.GenerationEvent.Finished;
import dev.corral.inference.GenerationEvent.PromptProcessed;
import dev.corral.inference.GenerationEvent.TokenDelta;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Gathers a reply that is answered in one piece. */
final class WholeReply {

	private final StringBuilder content = new StringBuilder();

	private @Nullable Finished end;

	private WholeReply() {
	}

	/** The completed reply; a failed generation is an error signal, for half a reply is none. */
	static Mono<ChatCompletion> of(ChatCompletionRequest request, Flux<GenerationEvent> events) {
		return events.collect(WholeReply::new, WholeReply::add).map(reply -> reply.completion(request));
	}

	private void add(GenerationEvent event) {
		switch (event) {
			case Admitted _,PromptProcessed _ -> {
			}
			case TokenDelta delta -> content.append(delta.text());
			case Finished finished -> end = finished;
			case Failed failed -> throw failed.failure();
		}
	}

	private ChatCompletion completion(ChatCompletionRequest request) {
		if (end == null) {
			throw new IllegalStateException("The engine ended a generation without a terminal event.");
		}
		return ChatCompletion.of(CompletionHead.of(request.chat().model()), content.toString(),
				FinishReasons.of(end.reason()), CompletionUsage.of(end.usage()));
	}

}
