package dev.corral.ollama;

import org.springframework.stereotype.Component;

import dev.corral.catalog.ModelCatalog;

/** Names as clients of Ollama write them: every model there has a tag, and {@code latest} is the one of a name without. */
@Component
class ModelNames {

	private static final String LATEST = ":latest";

	private final ModelCatalog catalog;

	ModelNames(ModelCatalog catalog) {
		this.catalog = catalog;
	}

	/** The name of the configured model that is meant, or the name itself if there is none. */
	String resolve(String name) {
		boolean known = catalog.all().stream().anyMatch(model -> model.name().equals(name));
		return !known && name.endsWith(LATEST) ? name.substring(0, name.length() - LATEST.length()) : name;
	}

}
