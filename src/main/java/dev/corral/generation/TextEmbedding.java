package dev.corral.generation;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.corral.inference.InferenceEngine;
import dev.corral.inference.InferenceFailure;
import dev.corral.inference.InvalidParameter;
import dev.corral.inference.UnitVectors;
import reactor.core.publisher.Mono;

/** Turns texts into vectors. Safe for any thread. */
@Component
public class TextEmbedding {

	/** Most tokens of one request, as in the OpenAI API. */
	static final int MAX_TOKENS = 300_000;

	private final Engines engines;

	TextEmbedding(Engines engines) {
		this.engines = engines;
	}

	/**
	 * Computes the vectors when subscribed to. An error signal is an {@link InferenceFailure} or an {@link InvalidParameter}.
	 *
	 * @param dimensions keep so many of the first of each vector, whose length is 1 again; {@code null} keeps all
	 */
	public Mono<Vectors> embed(String model, List<TextInput> inputs, @Nullable Integer dimensions) {
		return engines.find(model).flatMap(engine -> {
			check(engine, dimensions);
			return OffEventLoop.call(() -> tokens(engine, inputs))
					.flatMap(tokens -> engine.embed(tokens).map(vectors -> vectors(vectors, dimensions, tokens)));
		});
	}

	private static void check(InferenceEngine engine, @Nullable Integer dimensions) {
		int most = engine.model().embeddingDimensions();
		if (dimensions != null && (dimensions < 1 || dimensions > most)) {
			throw new InvalidParameter("dimensions",
					"must be between 1 and %d, what this model has, but is %d".formatted(most, dimensions));
		}
	}

	private static List<List<Integer>> tokens(InferenceEngine engine, List<TextInput> inputs) {
		var all = new ArrayList<List<Integer>>(inputs.size());
		int total = 0;
		for (var input : inputs) {
			var tokens = switch (input) {
				case TextInput.Tokens(List<Integer> ids) -> ids;
				case TextInput.Text(String text) -> engine.tokenizer().tokenizeWhole(text);
			};
			total += tokens.size();
			all.add(tokens);
		}
		if (total > MAX_TOKENS) {
			throw new InvalidParameter("input",
					"may have at most %d tokens in all, but has %d".formatted(MAX_TOKENS, total));
		}
		return all;
	}

	private static Vectors vectors(List<float[]> vectors, @Nullable Integer dimensions, List<List<Integer>> tokens) {
		var wanted = dimensions == null
				? vectors
				: vectors.stream().map(vector -> UnitVectors.shortened(vector, dimensions)).toList();
		return new Vectors(wanted, tokens.stream().mapToInt(List::size).sum());
	}

	/**
	 * What texts became.
	 *
	 * @param all one for each text, in order
	 * @param promptTokens tokens of all texts
	 */
	public record Vectors(List<float[]> all, int promptTokens) {

		public Vectors {
			all = List.copyOf(all);
		}

	}

}
