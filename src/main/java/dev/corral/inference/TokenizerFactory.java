package dev.corral.inference;

import java.nio.file.Path;

/** Opens the vocabularies of model files without their weights, for what only counts tokens. */
public interface TokenizerFactory {

	/**
	 * Reads a vocabulary; takes part of a second and blocks the calling thread.
	 *
	 * @param file a GGUF file that has been validated
	 * @throws EngineUnavailable if the runtime cannot load it
	 */
	OpenTokenizer openTokenizer(Path file);

	/** A tokenizer that holds native memory until it is closed, and must not be used after that. */
	interface OpenTokenizer extends AutoCloseable {

		Tokenizer tokenizer();

		@Override
		void close();

	}

}
