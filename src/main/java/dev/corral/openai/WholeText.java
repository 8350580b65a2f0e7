package dev.corral.openai;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.corral.generation.ChoiceEvent;
import dev.corral.openai.TextCompletion.Choice;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Gathers the completions of a request that is answered in one piece. */
final class WholeText {

	private final TextCompletionRequest request;

	private final PromptEcho prompts;

	private final List<TextReply> replies;

	private WholeText(TextCompletionRequest request, PromptEcho prompts) {
		this.request = request;
		this.prompts = prompts;
		replies = Stream.generate(TextReply::new).limit((long) prompts.count() * request.reply().bestOf()).toList();
	}

	/** All completions; a failed generation is an error signal, for half an answer is none. */
	static Mono<TextCompletion.WithUsage> of(TextCompletionRequest request, PromptEcho prompts,
			Flux<ChoiceEvent> events) {
		return events.collect(() -> new WholeText(request, prompts), WholeText::add).map(WholeText::completion);
	}

	private void add(ChoiceEvent event) {
		replies.get(event.choice()).add(event.event());
	}

	private TextCompletion.WithUsage completion() {
		var choices = new ArrayList<Choice>();
		var usages = new ArrayList<CompletionUsage>();
		int bestOf = request.reply().bestOf();
		for (int prompt = 0; prompt < prompts.count(); prompt++) {
			var ofPrompt = replies.subList(prompt * bestOf, (prompt + 1) * bestOf);
			usages.add(CompletionUsage.of(ofPrompt.stream().map(reply -> reply.end().usage()).toList()));
			for (var reply : best(ofPrompt)) {
				choices.add(choice(choices.size(), prompt, reply));
			}
		}
		return TextCompletion.of(CompletionHead.of("cmpl-", request.completion().model()), choices)
				.withUsage(CompletionUsage.sum(usages));
	}

	private Choice choice(int index, int prompt, TextReply reply) {
		boolean ids = request.told().tokenIds();
		return new Choice(index, prompts.text(prompt) + reply.text(), logprobs(prompt, reply),
				FinishReasons.of(reply.end().reason(), false), ids ? prompts.tokens(prompt) : null,
				ids ? reply.tokenIds() : null);
	}

	private @Nullable TextLogprobs logprobs(int prompt, TextReply reply) {
		if (!request.reply().logprobs()) {
			return null;
		}
		var writer = new TextLogprobsWriter(request.told().idsAsText());
		if (!request.told().prompt()) {
			return writer.generated(reply.logprobs());
		}
		return prompts.logprobs(prompt, reply.promptLogprobs(), writer).plus(writer.generated(reply.logprobs()));
	}

	/** All in their order when all are wanted, else the most likely first. */
	private List<TextReply> best(List<TextReply> ofPrompt) {
		int wanted = request.reply().choices();
		return wanted == ofPrompt.size()
				? ofPrompt
				: ofPrompt.stream().sorted(Comparator.comparingDouble(TextReply::meanLogprob).reversed()).limit(wanted)
						.toList();
	}

}
