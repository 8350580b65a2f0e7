package dev.corral.generation;

import java.util.List;

import dev.corral.contextwindow.MiddleTruncation;
import dev.corral.inference.InferenceEngine;
import dev.corral.inference.PromptSegment;
import dev.corral.template.ConversationTemplate;

/** A model that can be talked to: who computes its replies, and how its conversations are written. */
record ChatModel(String name, InferenceEngine engine, ConversationTemplate template) {

	int contextTokens() {
		return engine.model().contextTokens();
	}

	/** A text without its middle if it has more tokens than this. */
	String shortened(String text, int mostTokens) {
		return MiddleTruncation.shorten(text, mostTokens, engine.tokenizer()).text();
	}

	/** Tokens of a text as it is, without anything around it. */
	int tokens(String text) {
		return engine.tokenizer().tokenize(List.of(PromptSegment.typed(text)), false)
				.size();
	}

}
