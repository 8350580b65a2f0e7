package dev.corral.catalog;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;

/**
 * Which models this server serves.
 *
 * @param models the models that are served, by the name that clients use
 * @param modelDefaults what holds for a model that does not say otherwise
 */
@Validated
@ConfigurationProperties("corral")
record CatalogSettings(@DefaultValue Map<String, @Valid ModelSettings> models,
		@NotNull @Valid ModelDefaults modelDefaults) {

	static final int MAX_NAME_CHARACTERS = 100;

	/**
	 * @param contextTokens context window of a model that was trained with this or a longer one
	 * @param sequences most sequences of one model that run at once
	 */
	record ModelDefaults(@Positive int contextTokens, @Min(1) @Max(ModelSettings.MAX_SEQUENCES) int sequences) {
	}

	/**
	 * The models without those that were removed by an empty value.
	 *
	 * @throws ModelRefused if a name cannot be served or no model is left
	 */
	Map<String, ModelSettings> servedModels() {
		var served = new LinkedHashMap<>(models);
		served.values().removeIf(ModelSettings::removed);
		served.keySet().forEach(CatalogSettings::checkName);
		if (served.isEmpty()) {
			throw new ModelRefused("No model is configured.",
					"Point corral.models.<name> at a GGUF file, for example --corral.models.vicuna=/models/vicuna-7b-v1.5.Q4_K_M.gguf.");
		}
		return served;
	}

	/** The property of a model, as it can be written on the command line. */
	static String property(String name) {
		return name.matches("[a-z0-9-]+") ? "corral.models." + name : "corral.models[" + name + "]";
	}

	private static void checkName(String name) {
		if (name.isBlank() || name.length() > MAX_NAME_CHARACTERS || name.chars().anyMatch(Character::isISOControl)) {
			throw new ModelRefused(
					"The model name '%s' has %d characters; it must have 1 to %d and no control characters."
							.formatted(name.replaceAll("\\p{Cntrl}", "?"), name.length(), MAX_NAME_CHARACTERS),
					"Rename the entry of corral.models.");
		}
	}

}
