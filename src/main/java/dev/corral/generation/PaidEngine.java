package dev.corral.generation;

import java.util.List;

import dev.corral.inference.CacheStatistics;
import dev.corral.inference.DraftStatistics;
import dev.corral.inference.EngineLoad;
import dev.corral.inference.GenerationEvent;
import dev.corral.inference.GenerationEvent.Failed;
import dev.corral.inference.GenerationEvent.Finished;
import dev.corral.inference.GenerationEvent.PromptProcessed;
import dev.corral.inference.GenerationEvent.TokenDelta;
import dev.corral.inference.GenerationRequest;
import dev.corral.inference.InferenceEngine;
import dev.corral.inference.ModelInfo;
import dev.corral.inference.Tenant;
import dev.corral.inference.TokenAccount;
import dev.corral.inference.TokenAccount.Spending;
import dev.corral.inference.Tokenizer;
import dev.corral.inference.Usage;
import dev.corral.inference.WorkStatistics;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * An engine whose tokens are paid for by the account of the request that subscribes, and whose cached prefixes are those of its tenant. A reply that has begun goes on whatever the account
 * holds; it is charged with what the reply came to, also if that was cut short.
 *
 * @param name of the model, as clients call it
 */
record PaidEngine(String name, InferenceEngine engine) implements InferenceEngine {

	@Override
	public Flux<GenerationEvent> generate(GenerationRequest asked) {
		return Flux.deferContextual(context -> {
			var tenant = Tenant.of(context);
			var request = tenant == null ? asked : tenant.claim(asked);
			var account = TokenAccount.of(context);
			return account == TokenAccount.NONE
					? engine.generate(request)
					: Flux.usingWhen(account.begin(name, request.promptTokens().size()).map(Bill::new),
							bill -> engine.generate(request).doOnNext(bill::accept), Bill::end,
							(bill, _) -> bill.end(), Bill::end);
		});
	}

	@Override
	public Mono<List<float[]>> embed(List<List<Integer>> inputs) {
		return TokenAccount.current().flatMap(account -> {
			int tokens = inputs.stream().mapToInt(List::size).sum();
			return Mono.usingWhen(account.begin(name, tokens),
					spending -> engine.embed(inputs).doOnNext(_ -> spending.end(new Usage(tokens, 0, 0))),
					PaidEngine::unused, (spending, _) -> unused(spending), PaidEngine::unused);
		});
	}

	private static Mono<Void> unused(Spending spending) {
		return Mono.fromRunnable(() -> spending.end(new Usage(0, 0, 0)));
	}

	@Override
	public ModelInfo model() {
		return engine.model();
	}

	@Override
	public Tokenizer tokenizer() {
		return engine.tokenizer();
	}

	@Override
	public EngineLoad load() {
		return engine.load();
	}

	@Override
	public CacheStatistics cache() {
		return engine.cache();
	}

	@Override
	public WorkStatistics work() {
		return engine.work();
	}

	@Override
	public DraftStatistics drafts() {
		return engine.drafts();
	}

	@Override
	public boolean serving() {
		return engine.serving();
	}

	@Override
	public void close() {
		engine.close();
	}

	/** Adds one reply up. Used by one thread at a time. */
	private static final class Bill {

		private final Spending spending;

		private int promptTokens;

		private int cachedTokens;

		private int completionTokens;

		Bill(Spending spending) {
			this.spending = spending;
		}

		void accept(GenerationEvent event) {
			switch (event) {
				case GenerationEvent.Admitted _ -> {
					// It may still be given up without a token.
				}
				case PromptProcessed processed -> {
					promptTokens = processed.promptTokens();
					cachedTokens = processed.cachedTokens();
				}
				case TokenDelta delta -> completionTokens += delta.tokenIds().size();
				// Whoever reads the end may ask again at once, and then finds it paid.
				case Finished finished -> spending.end(finished.usage());
				case Failed failed -> spending.end(failed.usage());
			}
		}

		Mono<Void> end() {
			return Mono.fromRunnable(() -> spending.end(new Usage(promptTokens, completionTokens, cachedTokens)));
		}

	}

}
