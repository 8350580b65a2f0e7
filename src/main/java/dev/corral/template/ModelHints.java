package dev.corral.template;

import org.jspecify.annotations.Nullable;

/**
 * What a model file tells about how its conversations are written.
 *
 * @param modelName what the model is called, by its file or by its configuration
 * @param architecture {@code general.architecture}
 * @param chatTemplate {@code tokenizer.chat_template}, Jinja source, or {@code null} if the file has none
 * @param bosToken text of the beginning-of-sequence token, empty if the vocabulary has none
 * @param eosToken text of the end-of-sequence token, empty if the vocabulary has none
 * @param addsBos whether the tokenizer puts the beginning-of-sequence token in front by itself
 */
public record ModelHints(String modelName, String architecture, @Nullable String chatTemplate, String bosToken,
		String eosToken, boolean addsBos) {
}
