package dev.corral.openai;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.corral.contextwindow.WindowReport;
import dev.corral.generation.ChoiceEvent;
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
import dev.corral.openai.ChatCompletionChunk.Choice;
import dev.corral.openai.ChatCompletionChunk.Delta;
import dev.corral.web.ApiErrors;
import dev.corral.web.EventStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The frames of streamed replies to one request. Only when all are complete does {@link EventStream#DONE} come. */
final class ChunkStream {

	private final ChatCompletionRequest request;

	private final CompletionHead head;

	private final String requestId;

	private final @Nullable List<Integer> promptTokens;

	private final List<Usage> ended = new ArrayList<>();

	/** The choices that have called tools. */
	private final Set<Integer> called = new HashSet<>();

	private @Nullable WindowReport window;

	private boolean begun;

	private ChunkStream(ChatCompletionRequest request, CompletionHead head, String requestId,
			@Nullable List<Integer> promptTokens) {
		this.request = request;
		this.head = head;
		this.requestId = requestId;
		this.promptTokens = promptTokens;
	}

	/** An error before the replies have begun is an error signal; a later one is a frame, and the stream's end. */
	static Flux<String> of(ChatCompletionRequest request, String requestId, Flux<ChoiceEvent> events) {
		return of(request, CompletionHead.of(request.chat().model()), requestId, null, events);
	}

	/** @param promptTokens told if they are given */
	static Flux<String> of(ChatCompletionRequest request, CompletionHead head, String requestId,
			@Nullable List<Integer> promptTokens, Flux<ChoiceEvent> events) {
		return Flux.defer(() -> {
			var stream = new ChunkStream(request, head, requestId, promptTokens);
			return events.concatMap(stream::frames, 1).onErrorResume(stream::failure);
		});
	}

	private Flux<String> frames(ChoiceEvent event) {
		int index = event.choice();
		return switch (event.event()) {
			case Generated(Admitted _) -> {
				begun = true;
				yield Flux.just(chunk(new Choice(index, Delta.START, null, null), promptTokens));
			}
			case Windowed(var report) -> {
				window = report;
				yield Flux.empty();
			}
			case Generated(PromptProcessed _) -> Flux.empty();
			case Generated(TokenDelta delta) -> Flux.just(chunk(text(index, delta)));
			case Generated(Finished finished) -> end(index, finished);
			case Generated(Failed failed) -> Flux.error(failed.failure());
			case ToolCallBegun(int call, String id, String tool) -> {
				called.add(index);
				yield Flux.just(chunk(new Choice(index, Delta.call(call, id, tool), null, null)));
			}
			case ToolCallArguments(int call, String part) ->
				Flux.just(chunk(new Choice(index, Delta.arguments(call, part), null, null)));
		};
	}

	private Choice text(int index, TokenDelta delta) {
		var logprobs = request.reply().logprobs() ? ChoiceLogprobs.of(delta.logprobs()) : null;
		return new Choice(index, Delta.text(delta.text()), logprobs, null,
				request.tokenIds() ? delta.tokenIds() : null);
	}

	private Flux<String> end(int index, Finished finished) {
		var last = chunk(
				new Choice(index, Delta.END, null, FinishReasons.of(finished.reason(), called.contains(index))));
		ended.add(finished.usage());
		if (ended.size() < request.reply().choices()) {
			return Flux.just(last);
		}
		if (!request.includeUsage()) {
			return Flux.just(last, EventStream.DONE);
		}
		var usage = new ChatCompletionChunk.WithUsage(ChatCompletionChunk.withoutChoices(head),
				CompletionUsage.of(ended).with(window));
		return Flux.just(last, EventStream.data(usage), EventStream.DONE);
	}

	private Mono<String> failure(Throwable failure) {
		return begun
				? Mono.just(EventStream.data(OpenAiErrors.envelope(ApiErrors.of(failure, requestId))))
				: Mono.error(failure);
	}

	private String chunk(Choice choice) {
		return chunk(choice, null);
	}

	private String chunk(Choice choice, @Nullable List<Integer> promptTokenIds) {
		var chunk = ChatCompletionChunk.of(head, choice, promptTokenIds);
		return EventStream.data(request.includeUsage() ? new ChatCompletionChunk.WithUsage(chunk, null) : chunk);
	}

}
