package dev.corral.upstream;

import java.util.HashMap;
import java.util.Map;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

import dev.corral.catalog.CatalogModel;
import dev.corral.inference.EngineFactory;
import dev.corral.inference.Tokenizer;
import dev.corral.inference.TokenizerFactory;
import dev.corral.inference.TokenizerFactory.OpenTokenizer;

/**
 * The vocabularies of models that run elsewhere, opened here from their files without the weights when they are first needed, one for all
 * workers of a model.
 */
@Component
final class Tokenizers implements DisposableBean {

	private final TokenizerFactory tokenizers;

	private final EngineFactory engines;

	private final Map<String, Known> known = new HashMap<>();

	Tokenizers(TokenizerFactory tokenizers, EngineFactory engines) {
		this.tokenizers = tokenizers;
		this.engines = engines;
	}

	/**
	 * Blocks the calling thread while the file is read.
	 *
	 * @throws dev.corral.inference.EngineUnavailable if the vocabulary cannot be opened
	 */
	synchronized Known of(CatalogModel model) {
		return known.computeIfAbsent(model.name(), _ -> {
			var open = tokenizers.openTokenizer(model.source().file());
			return new Known(open, engines.fingerprint(model.source()));
		});
	}

	@Override
	public synchronized void destroy() {
		known.values().forEach(each -> each.open.close());
		known.clear();
	}

	/**
	 * A vocabulary.
	 *
	 * @param fingerprint of the file that it is from, as in {@link EngineFactory#fingerprint}
	 */
	record Known(OpenTokenizer open, String fingerprint) {

		Tokenizer tokenizer() {
			return open.tokenizer();
		}

	}

}
