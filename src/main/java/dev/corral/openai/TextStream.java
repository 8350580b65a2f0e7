package dev.corral.openai;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

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
import dev.corral.inference.TokenLogprob;
import dev.corral.inference.Usage;
import dev.corral.openai.TextCompletion.Choice;
import dev.corral.web.ApiErrors;
import dev.corral.web.EventStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The frames of streamed completions of one request, of all prompts together. The first of each has no text, so that the stream is there
 * while prompts wait; only when all are complete does {@link EventStream#DONE} come.
 */
final class TextStream {

	private final TextCompletionRequest request;

	private final PromptEcho prompts;

	private final CompletionHead head;

	private final String requestId;

	private final List<TextLogprobsWriter> writers = new ArrayList<>();

	/** What the completions of each prompt that have ended have used. */
	private final List<List<Usage>> ended = new ArrayList<>();

	private int running;

	private boolean begun;

	private TextStream(TextCompletionRequest request, PromptEcho prompts, String requestId) {
		this.request = request;
		this.prompts = prompts;
		this.head = CompletionHead.of("cmpl-", request.completion().model());
		this.requestId = requestId;
		for (int prompt = 0; prompt < prompts.count(); prompt++) {
			ended.add(new ArrayList<>());
			for (int choice = 0; choice < request.reply().choices(); choice++) {
				writers.add(new TextLogprobsWriter(request.told().idsAsText()));
			}
		}
		running = writers.size();
	}

	/** An error before the completions have begun is an error signal; a later one is a frame, and the stream's end. */
	static Flux<String> of(TextCompletionRequest request, PromptEcho prompts, String requestId,
			Flux<ChoiceEvent> events) {
		return Flux.defer(() -> {
			var stream = new TextStream(request, prompts, requestId);
			return events.concatMap(stream::frames, 1).onErrorResume(stream::failure);
		});
	}

	private Flux<String> frames(ChoiceEvent event) {
		int index = event.choice();
		return switch (event.event()) {
			case Generated(Admitted _) -> {
				begun = true;
				yield Flux.just(chunk(new Choice(index, "", null, null,
						request.told().tokenIds() ? prompts.tokens(request.prompt(index)) : null, ids(List.of()))));
			}
			case Generated(PromptProcessed prompt) -> request.told().prompt() || request.told().tokenIds()
					? Flux.just(chunk(prompt(index, prompt)))
					: Flux.empty();
			case Generated(TokenDelta delta) -> Flux.just(chunk(new Choice(index, delta.text(),
					logprobs(index, delta.logprobs()), null, null, ids(delta.tokenIds()))));
			case Generated(Finished finished) -> end(index, finished);
			case Generated(Failed failed) -> Flux.error(failed.failure());
			case ToolCallBegun _,ToolCallArguments _,Windowed _ -> Flux.empty();
		};
	}

	private Choice prompt(int index, PromptProcessed processed) {
		int prompt = request.prompt(index);
		var logprobs = request.told().prompt() && request.reply().logprobs()
				? prompts.logprobs(prompt, processed.logprobs(), writers.get(index))
				: null;
		return new Choice(index, prompts.text(prompt), logprobs, null, null, ids(List.of()),
				request.told().tokenIds() ? TextFacts.of(processed) : null);
	}

	private Flux<String> end(int index, Finished finished) {
		var rest = finished.rest();
		var last = chunk(new Choice(index, "", rest.logprobs().isEmpty() ? null : logprobs(index, rest.logprobs()),
				FinishReasons.of(finished.reason(), false), null, ids(rest.tokenIds()),
				request.told().tokenIds() ? TextFacts.of(finished) : null));
		ended.get(request.prompt(index)).add(finished.usage());
		running--;
		if (running > 0) {
			return Flux.just(last);
		}
		if (!request.includeUsage()) {
			return Flux.just(last, EventStream.DONE);
		}
		var usage = CompletionUsage.sum(ended.stream().map(CompletionUsage::of).toList());
		return Flux.just(last, EventStream.data(TextCompletion.of(head, List.of()).withUsage(usage)),
				EventStream.DONE);
	}

	private Mono<String> failure(Throwable failure) {
		return begun
				? Mono.just(EventStream.data(OpenAiErrors.envelope(ApiErrors.of(failure, requestId))))
				: Mono.error(failure);
	}

	private @Nullable TextLogprobs logprobs(int index, List<TokenLogprob> tokens) {
		return request.reply().logprobs() ? writers.get(index).generated(tokens) : null;
	}

	private @Nullable List<Integer> ids(List<Integer> tokens) {
		return request.told().tokenIds() ? tokens : null;
	}

	private String chunk(Choice choice) {
		var chunk = TextCompletion.of(head, List.of(choice));
		return EventStream.data(request.includeUsage() ? chunk.withUsage(null) : chunk);
	}

}
