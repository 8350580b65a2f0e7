package dev.corral.llamacpp;

import java.util.List;

import dev.corral.inference.GenerationRequest;
import dev.corral.inference.InferenceEngine;
import dev.corral.inference.PromptSegment;
import dev.corral.inference.SamplingParameters;

/** Prompts and requests for the bundled model, written out by hand so that these tests need no template. */
final class Cria {

	private static final String SYSTEM = "A chat between a curious user and an artificial intelligence assistant. The assistant gives helpful, detailed, and polite answers to the user's questions. ";

	private Cria() {
	}

	/** The prompt tokens for a conversation of user messages and replies in turn, the last one the user's. */
	static List<Integer> prompt(InferenceEngine engine, String... turns) {
		var text = new StringBuilder(SYSTEM);
		for (int i = 0; i < turns.length; i++) {
			text.append(i % 2 == 0 ? "USER: " + turns[i] + " ASSISTANT:" : " " + turns[i] + "</s>");
		}
		return engine.tokenizer().tokenize(List.of(PromptSegment.template(text.toString())), true);
	}

	static GenerationRequest greedy(List<Integer> prompt, int maxTokens) {
		return new GenerationRequest(prompt, maxTokens, SamplingParameters.GREEDY, List.of());
	}

	static GenerationRequest ask(InferenceEngine engine, String question, SamplingParameters sampling,
			String... stops) {
		return new GenerationRequest(prompt(engine, question), 256, sampling, List.of(stops));
	}

}
