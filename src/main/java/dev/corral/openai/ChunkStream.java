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

/** The frames of one streamed reply. Only a reply that is complete ends with {@link EventStream#DONE}. */
final class ChunkStream {

	private final CompletionHead head;

	private final boolean includeUsage;

	private final String requestId;

	private boolean begun;

	private ChunkStream(CompletionHead head, boolean includeUsage, String requestId) {
		this.head = head;
		this.includeUsage = includeUsage;
		this.requestId = requestId;
	}

	/** An error before the reply has begun is an error signal; a later one is a frame, and the stream's end. */
	static Flux<String> of(ChatCompletionRequest request, String requestId, Flux<GenerationEvent> events) {
		return Flux.defer(() -> {
			var stream = new ChunkStream(CompletionHead.of(request.chat().model()), request.includeUsage(), requestId);
			return events.concatMap(stream::frames, 1).onErrorResume(stream::failure);
		});
	}

	private Flux<String> frames(GenerationEvent event) {
		return switch (event) {
			case Admitted _ -> {
				begun = true;
				yield Flux.just(chunk(ChatCompletionChunk.Delta.START, null));
			}
			case PromptProcessed _ -> Flux.empty();
			case TokenDelta delta -> Flux.just(chunk(ChatCompletionChunk.Delta.text(delta.text()), null));
			case Finished finished -> end(finished);
			case Failed failed -> Flux.error(failed.failure());
		};
	}

	private Flux<String> end(Finished finished) {
		var last = chunk(ChatCompletionChunk.Delta.END, FinishReasons.of(finished.reason()));
		if (!includeUsage) {
			return Flux.just(last, EventStream.DONE);
		}
		var usage = new ChatCompletionChunk.WithUsage(ChatCompletionChunk.withoutChoices(head),
				CompletionUsage.of(finished.usage()));
		return Flux.just(last, EventStream.data(usage), EventStream.DONE);
	}

	private Mono<String> failure(Throwable failure) {
		return begun ? Mono.just(EventStream.data(ApiErrors.of(failure, requestId).envelope())) : Mono.error(failure);
	}

	private String chunk(ChatCompletionChunk.Delta delta, @Nullable String finishReason) {
		var chunk = ChatCompletionChunk.of(head, delta, finishReason);
		return EventStream.data(includeUsage ? new ChatCompletionChunk.WithUsage(chunk, null) : chunk);
	}

}
