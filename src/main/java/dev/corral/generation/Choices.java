package dev.corral.generation;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

import dev.corral.inference.GenerationEvent.Admitted;
import dev.corral.inference.GenerationRequest;
import dev.corral.inference.SamplingParameters;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Several replies to one request as one stream. Nothing comes out before all of them are admitted, so that a rejection of any is an
 * error before any event; it cancels the others. Cancelling the stream cancels all.
 */
final class Choices {

	/** How many replies are not admitted yet. */
	private final AtomicInteger missing;

	private final Sinks.Empty<Void> complete = Sinks.empty();

	private Choices(int count) {
		missing = new AtomicInteger(count);
	}

	/** @param reply the events of each choice; all are subscribed to at once */
	static Flux<ChoiceEvent> merge(int count, IntFunction<Flux<ReplyEvent>> reply) {
		return Flux.defer(() -> {
			var choices = new Choices(count);
			// Prefetch 1: what the reader has not taken stays in the engine's bridges, which merge it.
			return Flux.range(0, count).flatMap(choice -> choices.held(reply.apply(choice))
					.map(event -> new ChoiceEvent(choice, event)), count, 1);
		});
	}

	/**
	 * The request of one choice: the first is the request itself, and if it gives a seed, each further one has the next seed. So a
	 * choice can be had again alone.
	 */
	static GenerationRequest request(GenerationRequest request, int choice) {
		SamplingParameters sampling = request.sampling();
		var seed = sampling.seed();
		return seed == null ? request : request.withSampling(sampling.withSeed(seed + choice));
	}

	/** A reply that waits with its first event for the others. */
	private Flux<ReplyEvent> held(Flux<ReplyEvent> reply) {
		return reply.concatMap(event -> event instanceof ReplyEvent.Generated(Admitted _)
				? admitted().thenReturn(event)
				: Mono.just(event), 1);
	}

	/** Notes one more; completes when none is missing. */
	private Mono<Void> admitted() {
		if (missing.decrementAndGet() == 0) {
			complete.tryEmitEmpty();
		}
		return complete.asMono();
	}

}
