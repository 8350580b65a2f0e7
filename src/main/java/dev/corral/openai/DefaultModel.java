package dev.corral.openai;

import org.springframework.stereotype.Component;

import dev.corral.catalog.ModelCatalog;
import dev.corral.inference.InvalidParameter;
import dev.corral.web.JsonFields;

/** The model of a request that need not name one, because servers of a single model do not ask. */
@Component
class DefaultModel {

	private final ModelCatalog catalog;

	DefaultModel(ModelCatalog catalog) {
		this.catalog = catalog;
	}

	/**
	 * @throws InvalidParameter if no model is named and there are several
	 */
	String of(JsonFields body) {
		return catalog.nameOrOnly(body.string("model"));
	}

}
