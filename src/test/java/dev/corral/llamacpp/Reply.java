package dev.corral.llamacpp;

import java.time.Duration;
import java.util.List;

import dev.corral.inference.FinishReason;
import dev.corral.inference.GenerationEvent;
import dev.corral.inference.TokenLogprob;
import dev.corral.inference.Usage;
import reactor.core.publisher.Flux;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** A whole generation, collected and checked for the order of its events. */
record Reply(String text, List<Integer> tokenIds, FinishReason reason, Usage usage, List<GenerationEvent> events) {

	private static final Duration LIMIT = Duration.ofMinutes(2);

	static Reply of(Flux<GenerationEvent> generation) {
		return of(requireNonNull(generation.collectList().block(LIMIT)));
	}

	/** Runs generations together; their replies in the same order. */
	static List<Reply> ofAll(List<Flux<GenerationEvent>> generations) {
		var all = Flux.fromIterable(generations)
				.flatMapSequential(Flux::collectList, generations.size())
				.collectList()
				.block(LIMIT);
		return requireNonNull(all).stream().map(Reply::of).toList();
	}

	/** Of all its tokens. */
	List<TokenLogprob> logprobs() {
		return events.stream().filter(GenerationEvent.TokenDelta.class::isInstance)
				.flatMap(delta -> ((GenerationEvent.TokenDelta) delta).logprobs().stream()).toList();
	}

	private static Reply of(List<GenerationEvent> events) {
		assertThat(events.getFirst()).isInstanceOf(GenerationEvent.Admitted.class);
		assertThat(events.get(1)).isInstanceOf(GenerationEvent.PromptProcessed.class);
		assertThat(events.getLast()).isInstanceOf(GenerationEvent.Finished.class);
		var deltas = events.subList(2, events.size() - 1).stream().map(GenerationEvent.TokenDelta.class::cast).toList();
		assertThat(deltas).allSatisfy(delta -> assertThat(delta.text()).isNotEmpty());
		var finished = (GenerationEvent.Finished) events.getLast();
		return new Reply(String.join("", deltas.stream().map(GenerationEvent.TokenDelta::text).toList()),
				deltas.stream().flatMap(delta -> delta.tokenIds().stream()).toList(), finished.reason(),
				finished.usage(),
				events);
	}

}
