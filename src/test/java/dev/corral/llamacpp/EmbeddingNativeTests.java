package dev.corral.llamacpp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.corral.inference.InferenceFailure;
import dev.corral.inference.InvalidParameter;
import dev.corral.llamacpp.EngineSettings.PrefixSharing;
import dev.corral.llamacpp.EngineSettings.Speculating;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

/** Texts as vectors. */
@Tag("native")
class EmbeddingNativeTests {

	private static final Duration LIMIT = Duration.ofMinutes(1);

	private static final List<String> TEXTS = List.of("What is the capital of France?", "Hello",
			"Which city is the capital of Italy?", "My name is Ada and I like to read books about the sea.",
			"What is 2 + 3?");

	@ParameterizedTest
	@EnumSource(NativeRuntime.class)
	void givesATextTheSameVectorAloneAndAmongOthers(NativeRuntime runtime) {
		try (var engine = runtime.cria(512, 2)) {
			var texts = IntStream.range(0, 40).mapToObj(i -> tokens(engine, TEXTS.get(i % 5))).toList();

			var together = embed(engine, texts);

			assertThat(together).hasSize(40);
			for (int i = 0; i < 5; i++) {
				var alone = embed(engine, texts.subList(i, i + 1)).getFirst();
				assertThat(alone).hasSize(engine.model().embeddingDimensions());
				assertThat(cosine(alone, alone)).isCloseTo(1, within(1e-5));
				assertThat(together.get(i)).containsExactly(alone, within(1e-3f));
				assertThat(together.get(i + 35)).containsExactly(alone, within(1e-3f));
			}
		}
	}

	@ParameterizedTest
	@EnumSource(NativeRuntime.class)
	void computesALongTextInPieces(NativeRuntime runtime) {
		var small = new EngineSettings(1, 16, Duration.ofMillis(100), 16, Duration.ZERO, PrefixSharing.ALL,
				Speculating.OFF);
		try (var whole = runtime.cria(512, 1); var pieces = runtime.cria(512, 1, small)) {
			var full = tokens(whole, String.join(" ", Collections.nCopies(60, TEXTS.get(3)))).subList(0, 512);

			assertThat(embed(pieces, List.of(full, full.subList(0, 17))).getFirst())
					.containsExactly(embed(whole, List.of(full)).getFirst(), within(1e-3f));
		}
	}

	@ParameterizedTest
	@EnumSource(NativeRuntime.class)
	void putsSimilarTextsNearerThanOthers(NativeRuntime runtime) {
		try (var engine = runtime.cria(512, 1)) {
			var vectors = embed(engine, TEXTS.stream().map(text -> tokens(engine, text)).toList());

			assertThat(cosine(vectors.get(0), vectors.get(2))).isGreaterThan(cosine(vectors.get(0), vectors.get(1)))
					.isGreaterThan(cosine(vectors.get(0), vectors.get(3)));
		}
	}

	@ParameterizedTest
	@EnumSource(NativeRuntime.class)
	void embedsWhileItGenerates(NativeRuntime runtime) {
		try (var engine = runtime.cria(512, 2)) {
			var request = Cria.greedy(Cria.prompt(engine, TEXTS.getFirst()), 48);
			var expected = Reply.of(engine.generate(request));
			var texts = List.of(tokens(engine, TEXTS.get(3)));

			var vectors = Flux.range(0, 20).flatMap(_ -> engine.embed(texts), 20).collectList();
			var both = requireNonNull(vectors.zipWith(engine.generate(request).collectList()).block(LIMIT));

			assertThat(both.getT1()).hasSize(20);
			assertThat(Reply.of(Flux.fromIterable(both.getT2())).tokenIds()).isEqualTo(expected.tokenIds());
		}
	}

	@ParameterizedTest
	@EnumSource(NativeRuntime.class)
	void refusesATextThatIsEmptyOrLongerThanTheWindow(NativeRuntime runtime) {
		try (var engine = runtime.cria(256, 1)) {
			var word = List.of(5);

			assertThatExceptionOfType(InvalidParameter.class)
					.isThrownBy(() -> embed(engine, List.of(word, Collections.nCopies(257, 5))))
					.withMessage(
							"'input[1]' must have 1 to 256 tokens, the context window of this model, but has 257.");
			assertThatExceptionOfType(InvalidParameter.class).isThrownBy(() -> embed(engine, List.of(List.of())))
					.withMessageContaining("but has 0");
			assertThatExceptionOfType(InvalidParameter.class)
					.isThrownBy(() -> embed(engine, List.of(List.of(5, 2048)))).withMessageContaining("token 2048");
			assertThat(embed(engine, List.of(Collections.nCopies(256, 5)))).hasSize(1);
		}
	}

	@ParameterizedTest
	@EnumSource(NativeRuntime.class)
	void dropsWhatNobodyWantsAnyMore(NativeRuntime runtime) {
		try (var engine = runtime.cria(512, 1, Settings.withQueueLimit(0))) {
			var many = Collections.nCopies(2048, tokens(engine, TEXTS.get(3)));

			StepVerifier.create(engine.embed(many)).thenRequest(1).thenCancel().verify(LIMIT);

			assertThat(embed(engine, List.of(tokens(engine, "Hello")))).hasSize(1);
		}
	}

	@ParameterizedTest
	@EnumSource(NativeRuntime.class)
	void refusesMoreRequestsThanMayWait(NativeRuntime runtime) {
		try (var engine = runtime.cria(512, 1, Settings.withQueueLimit(1))) {
			var many = Collections.nCopies(512, tokens(engine, TEXTS.get(3)));

			var outcomes = requireNonNull(Flux.range(0, 8)
					.flatMap(_ -> engine.embed(many).map(vectors -> "done")
							.onErrorResume(InferenceFailure.QueueFull.class, full -> Flux.just("full").next()), 8)
					.collectList().block(LIMIT));

			assertThat(outcomes).contains("done", "full");
		}
	}

	@ParameterizedTest
	@EnumSource(NativeRuntime.class)
	void failsWhatWaitsWhenTheEngineCloses(NativeRuntime runtime) {
		var engine = runtime.cria(512, 1);
		var many = Collections.nCopies(2048, tokens(engine, TEXTS.get(3)));
		var waiting = engine.embed(many).toFuture();

		engine.close();

		assertThat(waiting).failsWithin(LIMIT).withThrowableOfType(java.util.concurrent.ExecutionException.class)
				.withCauseInstanceOf(InferenceFailure.EngineClosed.class);
		assertThatExceptionOfType(InferenceFailure.EngineClosed.class)
				.isThrownBy(() -> embed(engine, List.of(List.of(5))));
	}

	private static List<Integer> tokens(LlamaCppEngine engine, String text) {
		return engine.tokenizer().tokenizeWhole(text);
	}

	private static List<float[]> embed(LlamaCppEngine engine, List<List<Integer>> texts) {
		return requireNonNull(engine.embed(new ArrayList<>(texts)).block(LIMIT));
	}

	private static double cosine(float[] one, float[] other) {
		double sum = 0;
		for (int i = 0; i < one.length; i++) {
			sum += (double) one[i] * other[i];
		}
		return sum;
	}

}
