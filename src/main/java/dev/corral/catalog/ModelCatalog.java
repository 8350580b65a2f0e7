package dev.corral.catalog;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.corral.inference.InferenceFailure;

/** The models of this server, in the order of their configuration. Immutable. */
public final class ModelCatalog {

	private final Map<String, CatalogModel> models = new LinkedHashMap<>();

	public ModelCatalog(List<CatalogModel> models) {
		models.forEach(model -> this.models.put(model.name(), model));
	}

	public List<CatalogModel> all() {
		return List.copyOf(models.values());
	}

	/**
	 * @throws InferenceFailure.ModelNotFound if no model has this name
	 */
	public CatalogModel get(String name) {
		var model = models.get(name);
		if (model == null) {
			throw new InferenceFailure.ModelNotFound(name);
		}
		return model;
	}

}
