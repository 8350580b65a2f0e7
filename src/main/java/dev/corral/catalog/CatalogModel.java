package dev.corral.catalog;

import dev.corral.inference.ModelSource;
import dev.corral.template.ConversationTemplate;

/**
 * A configured model whose file has been read and validated.
 *
 * @param source what a worker loads
 * @param architecture {@code general.architecture} of the file, for example {@code llama}
 * @param template how its conversations are written
 * @param card what its file tells about it
 */
public record CatalogModel(ModelSource source, String architecture, ConversationTemplate template, ModelCard card) {

	/** A model of whose file nothing is known. */
	public CatalogModel(ModelSource source, String architecture, ConversationTemplate template) {
		this(source, architecture, template, ModelCard.UNKNOWN);
	}

	/** What clients call it. */
	public String name() {
		return source.name();
	}

}
