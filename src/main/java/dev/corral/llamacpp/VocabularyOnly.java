package dev.corral.llamacpp;

import dev.corral.inference.Tokenizer;
import dev.corral.inference.TokenizerFactory.OpenTokenizer;
import dev.corral.llamacpp.internal.NativeModel;

/** The tokenizer of a model that was loaded without its weights. */
final class VocabularyOnly implements OpenTokenizer {

	private final NativeModel model;

	private final VocabularyTokenizer tokenizer;

	/** @param model closed with this */
	VocabularyOnly(NativeModel model) {
		this.model = model;
		tokenizer = new VocabularyTokenizer(model.vocabulary());
	}

	@Override
	public Tokenizer tokenizer() {
		return tokenizer;
	}

	@Override
	public void close() {
		model.close();
	}

}
