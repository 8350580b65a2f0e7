package dev.corral.llamacpp;

import dev.corral.inference.InvalidParameter;
import dev.corral.llamacpp.internal.NativeModel;

/** How the states of a text's tokens become one vector ({@code llama_pooling_type} of llama.cpp). */
enum Pooling {

	/** Their mean, which is what a model gets that was not trained for any. */
	MEAN,

	/** The state of the first token. */
	FIRST,

	/** The state of the last token. */
	LAST,

	/** None: the model tells how well two texts match. */
	RANKING,

	/** None here: the model's tokens look at those after them too, and must all be computed in one call. */
	ENCODER;

	/** The one that a model was trained for. */
	static Pooling of(NativeModel model) {
		var architecture = model.metadata("general.architecture").orElse("");
		if (model.metadata(architecture + ".attention.causal").orElse("true").equals("false")) {
			return ENCODER;
		}
		return switch (model.metadata(architecture + ".pooling_type").orElse("")) {
			case "2" -> FIRST;
			case "3" -> LAST;
			case "4" -> RANKING;
			default -> MEAN;
		};
	}

	/** @throws InvalidParameter if models like this one are not served */
	void requireServed() {
		if (this == RANKING || this == ENCODER) {
			throw new InvalidParameter("model", "must make embeddings, but this one %s".formatted(
					this == RANKING ? "ranks texts instead" : "is an encoder, which this server does not run"));
		}
	}

	/** Takes the state of one more token in. */
	void add(float[] state, int position, double[] vector) {
		switch (this) {
			case MEAN -> addTo(vector, state);
			case FIRST -> {
				if (position == 0) {
					addTo(vector, state);
				}
			}
			case LAST -> {
				for (int i = 0; i < vector.length; i++) {
					vector[i] = state[i];
				}
			}
			case RANKING, ENCODER -> requireServed();
		}
	}

	private static void addTo(double[] vector, float[] state) {
		for (int i = 0; i < vector.length; i++) {
			vector[i] += state[i];
		}
	}

}
