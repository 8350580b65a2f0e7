package dev.corral.openai;

import java.util.List;

import dev.corral.inference.ServedModel;

/** {@code ListModelsResponse} of the OpenAI API. */
record ModelList(String object, List<Entry> data) {

	static ModelList of(List<? extends ServedModel> models) {
		return new ModelList("list", models.stream().map(Entry::of).toList());
	}

	/**
	 * {@code Model} of the OpenAI API.
	 *
	 * @param created seconds since the epoch: since when this server knows the model
	 */
	record Entry(String id, String object, long created, String ownedBy) {

		static Entry of(ServedModel model) {
			return new Entry(model.name(), "model", model.since().getEpochSecond(), "corral");
		}

	}

}
