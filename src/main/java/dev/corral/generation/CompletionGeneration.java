package dev.corral.generation;

import java.util.ArrayList;
import java.util.List;

import org.springframework.stereotype.Component;

import dev.corral.inference.GenerationRequest;
import dev.corral.inference.InferenceEngine;
import dev.corral.inference.InferenceFailure;
import dev.corral.inference.InvalidParameter;
import dev.corral.routing.ModelRouter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Continues texts as they are, without a template. Safe for any thread. */
@Component
public class CompletionGeneration {

	private final ModelRouter router;

	private final RequestMeters meters;

	CompletionGeneration(ModelRouter router, RequestMeters meters) {
		this.router = router;
		this.meters = meters;
	}

	/**
	 * The prompts as the model will read them. An error signal is an {@link InferenceFailure} or an {@link InvalidParameter}.
	 */
	public Mono<Prepared> prepare(CompletionRequest request) {
		// Tokenizing long texts takes milliseconds that an event loop does not have.
		return router.route(request.model()).map(meters::measured)
				.flatMap(engine -> OffEventLoop.call(() -> prepare(request, engine)));
	}

	private static Prepared prepare(CompletionRequest request, InferenceEngine engine) {
		var prompts = new PromptTokens(engine.tokenizer(), request.prompts());
		int window = engine.model().contextTokens() - request.leastReplyTokens();
		var generations = new ArrayList<GenerationRequest>();
		int total = 0;
		for (var input : request.prompts().inputs()) {
			var tokens = prompts.of(input);
			if (tokens.size() > window) {
				throw new InferenceFailure.PromptTooLong("prompt", tokens.size(), engine.model().contextTokens());
			}
			if (tokens.isEmpty()) {
				throw new InvalidParameter("prompt", "must have at least one token, but has none");
			}
			total += tokens.size();
			generations.add(request.generation(tokens));
		}
		if (total > request.maxPromptTokens()) {
			throw new InvalidParameter("prompt", "may have at most %d tokens in all%s, but has %d".formatted(
					request.maxPromptTokens(),
					request.promptLogprobs() == null ? "" : " where their log-probabilities are wanted", total));
		}
		return new Prepared(engine, generations);
	}

	/** Prompts that are ready to be continued. */
	public static final class Prepared {

		private final InferenceEngine engine;

		private final List<GenerationRequest> generations;

		private Prepared(InferenceEngine engine, List<GenerationRequest> generations) {
			this.engine = engine;
			this.generations = List.copyOf(generations);
		}

		public int prompts() {
			return generations.size();
		}

		public List<Integer> tokens(int prompt) {
			return generations.get(prompt).promptTokens();
		}

		/** The text of these tokens. */
		public String text(List<Integer> tokens) {
			return engine.tokenizer().detokenize(tokens);
		}

		/**
		 * Continues every prompt so many times, all at once; the choice of an event is the prompt's place times {@code count}, plus
		 * which of its continuations it is. Nothing comes before all are admitted, so an error signal of any is that of all;
		 * cancelling stops all. If the request gives a seed, the continuations of a prompt have it and the next ones.
		 *
		 * @param count how often, at least 1
		 */
		public Flux<ChoiceEvent> generate(int count) {
			return Choices.merge(generations.size() * count, choice -> engine
					.generate(Choices.request(generations.get(choice / count), choice % count))
					.map(ReplyEvent.Generated::new));
		}

	}

}
