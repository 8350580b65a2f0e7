package dev.corral.cli.model;

import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.corral.catalog.gguf.GgufFile;
import dev.corral.catalog.gguf.GgufReader;
import dev.corral.catalog.gguf.InvalidGguf;
import dev.corral.template.ConversationTemplate;
import dev.corral.template.ConversationTemplates;
import dev.corral.template.ModelHints;

/**
 * A sound model file.
 *
 * @param template how its conversations are written
 */
public record ModelFile(GgufFile gguf, ConversationTemplate template) {

	/** @throws ModelUnusable if it is no model that Corral can serve */
	public static ModelFile read(Path path) {
		try {
			var gguf = GgufReader.read(path);
			return new ModelFile(gguf, new ConversationTemplates().choose(hints(gguf)));
		} catch (InvalidGguf invalid) {
			throw new ModelUnusable(String.valueOf(invalid.getMessage()));
		}
	}

	/** Which family a model belongs to shows in its own name or in that of its file. */
	private static ModelHints hints(GgufFile gguf) {
		var names = Stream.of(gguf.name(), gguf.path().getFileName()).filter(Objects::nonNull).map(Object::toString)
				.collect(Collectors.joining(" "));
		var vocabulary = gguf.vocabulary();
		return new ModelHints(names, gguf.architecture(), gguf.chatTemplate(), vocabulary.bosToken(),
				vocabulary.eosToken(), vocabulary.addsBos());
	}

	/** The most tokens that the model was trained with. */
	public int trainedContextTokens() {
		return gguf.hyperparameters().contextTokens();
	}

}
