package dev.corral.catalog;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.InferenceFailure;
import dev.corral.inference.InvalidParameter;

/** The models of this server, in the order of their configuration. Immutable. */
public final class ModelCatalog {

	private final Map<String, CatalogModel> models = new LinkedHashMap<>();

	public ModelCatalog(List<CatalogModel> models) {
		models.forEach(model -> this.models.put(model.name(), model));
	}

	public List<CatalogModel> all() {
		return List.copyOf(models.values());
	}

	/** Whether this is the model of requests that name none. */
	public boolean isDefault(String name) {
		return models.size() == 1 && models.containsKey(name);
	}

	/**
	 * The name that a request gave, or that of the only model: servers of a single one are not asked for it.
	 *
	 * @throws InvalidParameter if the request named no model and there are several
	 */
	public String nameOrOnly(@Nullable String name) {
		if (name != null) {
			return name;
		}
		if (models.size() != 1) {
			throw new InvalidParameter("model", "is required, for this server has %d models".formatted(models.size()));
		}
		return models.keySet().iterator().next();
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
