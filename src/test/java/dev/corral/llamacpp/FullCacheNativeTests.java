package dev.corral.llamacpp;

import java.util.ArrayList;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.corral.inference.FinishReason;
import dev.corral.inference.GenerationEvent;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/** A cache that is full of holes still serves everything that fits into it. */
@Tag("native")
class FullCacheNativeTests {

	private static final int WINDOW = 256;

	@ParameterizedTest
	@EnumSource(NativeRuntime.class)
	void servesEveryRequestWhileTheCacheIsNearlyFull(NativeRuntime runtime) {
		long seed = 20261123;
		var random = new SplittableRandom(seed);
		try (var engine = runtime.cria(WINDOW, 4)) {
			var generations = new ArrayList<Flux<GenerationEvent>>();
			for (int i = 0; i < 120; i++) {
				var prompt = random.ints(random.nextInt(20, WINDOW - 1), 3, 2048).boxed().toList();
				generations.add(engine.generate(Cria.greedy(prompt, random.nextInt(1, WINDOW))));
			}

			var replies = Reply.ofAll(generations);

			assertThat(replies).as("seed %d", seed)
					.allSatisfy(reply -> assertThat(reply.reason()).isIn(FinishReason.STOP, FinishReason.LENGTH));
			Idle.await(engine);
		}
	}

}
