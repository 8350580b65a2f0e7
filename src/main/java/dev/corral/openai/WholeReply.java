package dev.corral.openai;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.corral.generation.ChoiceEvent;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Gathers the replies to a request that is answered in one piece. */
final class WholeReply {

	private final ChatCompletionRequest request;

	private final CompletionHead head;

	private final @Nullable List<Integer> promptTokens;

	private final List<ChoiceReply> replies;

	/**
	 * @param head what the replies share with what was told of them before
	 * @param promptTokens told if they are given
	 */
	WholeReply(ChatCompletionRequest request, CompletionHead head, @Nullable List<Integer> promptTokens) {
		this.request = request;
		this.head = head;
		this.promptTokens = promptTokens;
		replies = Stream.generate(ChoiceReply::new).limit(request.reply().bestOf()).toList();
	}

	/**
	 * The completed replies; a failed generation is an error signal, for half a reply is none.
	 *
	 * @param promptTokens told if they are given
	 */
	static Mono<ChatCompletion> of(ChatCompletionRequest request, @Nullable List<Integer> promptTokens,
			Flux<ChoiceEvent> events) {
		return events.collect(() -> new WholeReply(request, CompletionHead.of(request.chat().model()), promptTokens),
				WholeReply::add)
				.map(WholeReply::completion);
	}

	void add(ChoiceEvent event) {
		replies.get(event.choice()).add(event.event());
	}

	ChatCompletion completion() {
		var choices = new ArrayList<ChatCompletion.Choice>();
		for (var reply : best()) {
			var logprobs = request.reply().logprobs() ? ChoiceLogprobs.of(reply.logprobs()) : null;
			choices.add(ChatCompletion.Choice.of(choices.size(), reply.content(), reply.toolCalls(), logprobs,
					FinishReasons.of(reply.end().reason(), !reply.toolCalls().isEmpty()),
					request.tokenIds() ? reply.tokenIds() : null));
		}
		var usage = CompletionUsage.of(replies.stream().map(reply -> reply.end().usage()).toList())
				.with(replies.getFirst().window());
		return ChatCompletion.of(head, choices, usage, promptTokens);
	}

	/** All in their order when all are wanted, else the most likely first. */
	private List<ChoiceReply> best() {
		int wanted = request.reply().choices();
		return wanted == replies.size()
				? replies
				: replies.stream().sorted(Comparator.comparingDouble(ChoiceReply::meanLogprob).reversed()).limit(wanted)
						.toList();
	}

}
