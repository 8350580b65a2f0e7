package dev.corral.llamacpp;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.corral.inference.GenerationEvent;
import dev.corral.inference.GenerationRequest;
import dev.corral.inference.ModelSource;
import dev.corral.llamacpp.EngineSettings.PrefixSharing;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/** What was computed before and is used again gives the same replies, token for token, wherever it was in the meantime. */
@Tag("native")
class PrefixCacheNativeTests {

	private static final List<String> QUESTIONS = List.of("What is the capital of France?", "Who are you?",
			"What is the capital of Japan?", "Hello", "What is the capital of Italy?", "How are you?",
			"What is the capital of Spain?", "Can you help me?");

	@ParameterizedTest
	@EnumSource(NativeRuntime.class)
	void repliesFromAWarmPrefixAsFromAColdOne(NativeRuntime runtime) {
		try (var cold = runtime.cria(512, 1); var warm = runtime.cria(512, 8)) {
			var prompts = QUESTIONS.stream().map(question -> Cria.prompt(cold, question)).toList();
			var expected = new ArrayList<Reply>();
			for (var prompt : prompts) {
				expected.add(Reply.of(cold.generate(Cria.greedy(prompt, 48).withCacheSalt("cold" + expected.size()))));
			}

			var together = Reply.ofAll(prompts.stream().map(prompt -> warm.generate(Cria.greedy(prompt, 48))).toList());
			var again = prompts.stream().map(prompt -> Reply.of(warm.generate(Cria.greedy(prompt, 48)))).toList();

			assertThat(together).extracting(Reply::tokenIds)
					.isEqualTo(expected.stream().map(Reply::tokenIds).toList());
			assertThat(again).extracting(Reply::tokenIds).isEqualTo(expected.stream().map(Reply::tokenIds).toList());
			assertThat(expected).allSatisfy(reply -> assertThat(reply.usage().cachedTokens()).isZero());
			assertThat(together.stream().filter(reply -> reply.usage().cachedTokens() == 0)).hasSize(1);
			assertThat(again).allSatisfy(reply -> assertThat(reply.usage().cachedTokens()).isGreaterThan(30));
		}
	}

	@ParameterizedTest
	@EnumSource(NativeRuntime.class)
	void repliesAfterASwapAsWithoutOne(NativeRuntime runtime) {
		try (var engine = runtime.cria(512, 1)) {
			var ordinary = Cria.greedy(Cria.prompt(engine, QUESTIONS.getFirst()), 200);
			var expected = Reply.of(engine.generate(ordinary));
			var urgent = Cria.greedy(Cria.prompt(engine, QUESTIONS.get(1)), 5).withPriority(1);

			var interrupted = engine.generate(ordinary.withCacheSalt("afresh"))
					.concatMap(event -> event instanceof GenerationEvent.PromptProcessed
							? Flux.just(event).concatWith(ended(engine.generate(urgent)))
							: Flux.just(event));

			assertThat(Reply.of(interrupted).tokenIds()).isEqualTo(expected.tokenIds());
		}
	}

	/** Waits for another generation's end, and passes on nothing. */
	private static Flux<GenerationEvent> ended(Flux<GenerationEvent> generation) {
		return generation.thenMany(Flux.empty());
	}

	@ParameterizedTest
	@EnumSource(NativeRuntime.class)
	void servesMoreThanTheCacheHoldsAtOnce(NativeRuntime runtime) {
		var source = new ModelSource("cria", NativeRuntime.CRIA, 512, 8, 768);
		try (var roomy = runtime.cria(512, 1); var tight = runtime.cria(source, Settings.DEFAULT, StateStore.NONE)) {
			var requests = IntStream.range(0, 24)
					.mapToObj(i -> Cria.greedy(Cria.prompt(roomy, QUESTIONS.get(i % 8) + " " + i), 200))
					.toList();
			var expected = requests.stream().map(request -> Reply.of(roomy.generate(request)).tokenIds()).toList();

			var replies = Reply.ofAll(requests.stream().map(tight::generate).toList());

			assertThat(replies).extracting(Reply::tokenIds).isEqualTo(expected);
		}
	}

	@ParameterizedTest
	@EnumSource(NativeRuntime.class)
	void goesOnFromMemoryWhenTheSlotWasGivenAway(NativeRuntime runtime) {
		try (var tiers = tiers(null); var engine = engine(tiers, runtime)) {
			var first = Cria.greedy(Cria.prompt(engine, QUESTIONS.getFirst()), 20);
			var expected = Reply.of(engine.generate(first));
			var others = IntStream.range(0, 4).mapToObj(i -> first.withCacheSalt("other" + i)).toList();
			others.forEach(other -> Reply.of(engine.generate(other)));

			var again = Reply.of(engine.generate(first));

			assertThat(again.tokenIds()).isEqualTo(expected.tokenIds());
			assertThat(again.usage().cachedTokens()).isEqualTo(first.promptTokens().size() - 1);
			assertThat(tiers.kvTiers().memoryStats().hits()).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@EnumSource(NativeRuntime.class)
	void goesOnAfterARestart(NativeRuntime runtime, @TempDir Path folder) {
		Reply expected;
		GenerationRequest request;
		try (var tiers = tiers(folder); var engine = engine(tiers, runtime)) {
			request = Cria.greedy(Cria.prompt(engine, QUESTIONS.getFirst()), 20);
			expected = Reply.of(engine.generate(request));
		}

		try (var tiers = tiers(folder); var engine = engine(tiers, runtime)) {
			var again = Reply.of(engine.generate(request));

			assertThat(again.tokenIds()).isEqualTo(expected.tokenIds());
			assertThat(again.usage().cachedTokens()).isEqualTo(request.promptTokens().size() - 1);
			assertThat(tiers.kvTiers().diskStats().hits()).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@EnumSource(NativeRuntime.class)
	void neverSharesAPrefixBetweenTenantsWhereThatIsForbidden(NativeRuntime runtime) {
		try (var apart = runtime.cria(512, 4, Settings.withPrefixSharing(PrefixSharing.TENANT));
				var together = runtime.cria(512, 4)) {
			var canary = Cria.greedy(Cria.prompt(apart, "The password is bluebird."), 4);
			Reply.of(apart.generate(canary.withTenant("alice")));
			Reply.of(together.generate(canary.withTenant("alice")));

			assertThat(Reply.of(apart.generate(canary.withTenant("mallory"))).usage().cachedTokens()).isZero();
			assertThat(Reply.of(apart.generate(canary.withTenant("alice"))).usage().cachedTokens()).isPositive();
			assertThat(Reply.of(together.generate(canary.withTenant("mallory"))).usage().cachedTokens()).isPositive();
			assertThat(Reply.of(together.generate(canary.withCacheSalt("s"))).usage().cachedTokens()).isZero();
		}
	}

	private static Tiers tiers(@Nullable Path folder) {
		return new Tiers(folder, 64 << 20, 64 << 20);
	}

	private static LlamaCppEngine engine(Tiers tiers, NativeRuntime runtime) {
		return tiers.engine(runtime, new ModelSource("cria", NativeRuntime.CRIA, 512, 2), Settings.DEFAULT);
	}

}
