package dev.corral.catalog;

import org.jspecify.annotations.Nullable;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;

/**
 * A configured model. In the short form, {@code corral.models.<name>=<file>}, it is the file alone.
 *
 * @param file where the GGUF file is, see {@link ModelFiles}; blank removes the model
 * @param template name of the conversation template; without it the file decides
 * @param contextTokens context window of each sequence; without it the trained one, limited by the defaults
 * @param sequences most sequences that run at once; without it the defaults apply
 * @param cacheTokens tokens that the key-value cache holds for all sequences together; without it as many as they can need
 * @param draft where the GGUF file of a smaller model is that drafts for this one, see {@link ModelFiles}; blank or missing is none
 */
record ModelSettings(@Nullable String file, @Nullable String template, @Nullable @Positive Integer contextTokens,
		@Nullable @Min(1) @Max(ModelSettings.MAX_SEQUENCES) Integer sequences,
		@Nullable @Positive Integer cacheTokens, @Nullable String draft) {

	/** LLAMA_MAX_SEQ of llama.cpp v0.5.0. */
	static final int MAX_SEQUENCES = 256;

	boolean removed() {
		return file != null && file.isBlank();
	}

	/** These settings, completed by others where they say nothing. */
	ModelSettings or(ModelSettings others) {
		return new ModelSettings(file != null ? file : others.file, template != null ? template : others.template,
				contextTokens != null ? contextTokens : others.contextTokens,
				sequences != null ? sequences : others.sequences,
				cacheTokens != null ? cacheTokens : others.cacheTokens, draft != null ? draft : others.draft);
	}

}
