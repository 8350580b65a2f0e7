package dev.corral.catalog;

import dev.corral.inference.ModelSource;
import dev.corral.template.ConversationTemplate;

/**
 * A configured model whose file has been read and validated.
 *
 * @param source what a worker loads
 * @param architecture {@code general.architecture} of the file, for example {@code llama}
 * @param template how its conversations are written
 */
public record CatalogModel(ModelSource source, String architecture, ConversationTemplate template) {

	/** What clients call it. */
	public String name() {
		return source.name();
	}

}
