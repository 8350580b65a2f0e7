package dev.corral.llamacpp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.corral.inference.GenerationEvent;
import reactor.core.publisher.Flux;

import static dev.corral.inference.SamplingParameters.GREEDY;
import static org.assertj.core.api.Assertions.assertThat;

/** Generations that end in any order and at any moment leave nothing behind. */
@Tag("native")
class CancellationNativeTests {

	private static final List<String> QUESTIONS = List.of("Please tell me a story.", "What is 3 + 4?",
			"Please count for me from 1 up to 9.", "What is the capital of Italy?");

	@ParameterizedTest
	@EnumSource(NativeRuntime.class)
	void leaksNoSequenceInTwoHundredRandomOrders(NativeRuntime runtime) {
		long seed = 20261123;
		var random = new SplittableRandom(seed);
		try (var engine = runtime.cria(512, 4)) {
			var expected = Reply.of(engine.generate(Cria.ask(engine, QUESTIONS.getLast(), GREEDY))).text();
			for (int round = 0; round < 200; round++) {
				var generations = new ArrayList<Flux<Long>>();
				for (int i = random.nextInt(1, 7); i > 0; i--) {
					generations.add(cancelledAfter(random.nextInt(25), engine, QUESTIONS.get(random.nextInt(4))));
				}
				Flux.merge(generations).blockLast(Duration.ofMinutes(1));
			}

			var replies = Reply.ofAll(List.of(engine.generate(Cria.ask(engine, QUESTIONS.getLast(), GREEDY)),
					engine.generate(Cria.ask(engine, QUESTIONS.getLast(), GREEDY))));
			assertThat(replies).as("seed %d", seed).extracting(Reply::text).containsOnly(expected);
			Idle.await(engine);
		}
	}

	/** Takes so many events, which may be fewer or more than there will be, and hangs up. */
	private static Flux<Long> cancelledAfter(int events, LlamaCppEngine engine, String question) {
		return engine.generate(Cria.ask(engine, question, GREEDY)).take(events).cast(GenerationEvent.class).count()
				.flux();
	}

}
