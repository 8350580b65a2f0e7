package dev.corral.catalog.gguf;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * A GGUF file that has been read and found sound.
 *
 * @param path where it lies
 * @param version of the format, 2 or 3
 * @param architecture {@code general.architecture}, for example {@code llama}
 * @param name {@code general.name}, what its makers call the model
 * @param quantization for example {@code Q4_K_M}
 * @param hyperparameters the model's shape
 * @param vocabulary its tokens
 * @param weights its tensors
 * @param organization {@code general.organization}, else {@code general.author}: who made it
 * @param license {@code general.license}, mostly an SPDX identifier
 * @param chatTemplate {@code tokenizer.chat_template}, a Jinja template
 */
public record GgufFile(Path path, int version, String architecture, @Nullable String name, String quantization,
		Hyperparameters hyperparameters, Vocabulary vocabulary, Weights weights, @Nullable String organization,
		@Nullable String license, @Nullable String chatTemplate) {
}
