package dev.corral.catalog;

import java.io.IOException;
import java.nio.file.Files;

import org.jspecify.annotations.Nullable;

import dev.corral.catalog.gguf.GgufFile;

/**
 * What a model's file tells about it, for those who choose among models.
 *
 * @param quantization for example {@code Q4_K_M}; empty if nothing is known
 * @param parameters number of weights
 * @param bytes size of the file
 * @param trainedContextTokens the context window that it was trained with; {@code null} if nothing is known
 * @param organization who made it
 * @param license an SPDX identifier, or the beginning of whatever else the file says
 */
public record ModelCard(String quantization, long parameters, long bytes,
		@Nullable Integer trainedContextTokens, @Nullable String organization, @Nullable String license) {

	/** Of a model without a file. */
	public static final ModelCard UNKNOWN = new ModelCard("", 0, 0, null, null, null);

	/** Some files hold a whole licence. */
	private static final int MAX_CHARACTERS = 200;

	static ModelCard of(GgufFile file) throws IOException {
		return new ModelCard(file.quantization(), file.weights().parameters(), Files.size(file.path()),
				file.hyperparameters().contextTokens(), shortened(file.organization()), shortened(file.license()));
	}

	private static @Nullable String shortened(@Nullable String text) {
		return text == null || text.length() <= MAX_CHARACTERS ? text : text.substring(0, MAX_CHARACTERS);
	}

}
