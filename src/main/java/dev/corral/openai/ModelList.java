package dev.corral.openai;

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonProperty;

import dev.corral.catalog.CatalogModel;
import dev.corral.inference.ServedModel;

/** {@code ListModelsResponse} of the OpenAI API. */
record ModelList(String object, List<Entry> data) {

	static ModelList of(List<Entry> models) {
		return new ModelList("list", models);
	}

	/**
	 * {@code Model} of the OpenAI API, and what chooses among models beside it; null where the file does not say.
	 *
	 * @param created seconds since the epoch: since when this server knows the model
	 * @param ownedBy who made it
	 * @param contextLength most tokens of prompt and reply together
	 * @param maxModelLen the same, as vLLM calls it
	 * @param family the conversation template
	 * @param architecture for example {@code llama}
	 * @param parameters number of weights
	 * @param quantization for example {@code Q4_K_M}
	 * @param size of the file, in bytes
	 * @param license mostly an SPDX identifier
	 * @param state {@code loading}, {@code ready} or {@code failed}
	 * @param failure why it failed
	 * @param trainedContextLength the context window that it was trained with
	 * @param isDefault whether requests that name no model get this one
	 */
	record Entry(String id, String object, long created, String ownedBy, int contextLength, int maxModelLen,
			String family, String architecture, long parameters, String quantization, long size,
			@Nullable String license, String state, @Nullable String failure,
			@Nullable Integer trainedContextLength, @JsonProperty("default") boolean isDefault) {

		/** What is said of a model whose file names nobody. */
		private static final String UNNAMED_OWNER = "corral";

		static Entry of(ServedModel served, CatalogModel model, boolean isDefault) {
			var card = model.card();
			int window = model.source().contextTokens();
			return new Entry(served.name(), "model", served.since().getEpochSecond(),
					card.organization() == null ? UNNAMED_OWNER : card.organization(), window, window,
					model.template().name(), model.architecture(), card.parameters(), card.quantization(),
					card.bytes(), card.license(), served.condition().name().toLowerCase(Locale.ROOT),
					served.complaint(), card.trainedContextTokens(), isDefault);
		}

	}

}
