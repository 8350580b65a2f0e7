package dev.corral.catalog.gguf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Reads and checks a GGUF file without its weights: header, metadata and tensor table, and that the file is long enough for
 * the tensors. A truncated or hostile file can abort the process inside llama.cpp, so no file goes there that was not
 * accepted here. Format and limits: ggml/src/gguf.cpp and src/llama-{vocab,model}.cpp, llama.cpp v0.5.0.
 */
public final class GgufReader {

	private GgufReader() {
	}

	/**
	 * @throws InvalidGguf if the file is no model that can be loaded safely, whatever the reason
	 */
	public static GgufFile read(Path path) {
		return read(path, (input, header, metadata) -> {
			checkKind(metadata);
			return model(path, header, metadata, TensorTable.read(input, header.tensors(), metadata));
		});
	}

	/**
	 * The texts of a file's vocabulary in the order of their ids; only header and metadata are checked.
	 *
	 * @throws InvalidGguf if they cannot be read
	 */
	public static List<String> tokens(Path path) {
		return read(path, (_, _, metadata) -> metadata.tokens().stream().map(GgufInput::utf8).toList());
	}

	private interface Body<T> {

		T read(GgufInput input, Header header, Metadata metadata) throws IOException;

	}

	private static <T> T read(Path path, Body<T> body) {
		try {
			checkFile(path);
			Header.checkMagic(path);
			try (var input = new GgufInput(path)) {
				var header = Header.read(input);
				return body.read(input, header, new MetadataReader(input).read(header.keys()));
			}
		} catch (Flaw flaw) {
			throw new InvalidGguf(path, String.valueOf(flaw.getMessage()), flaw);
		} catch (IOException failure) {
			throw new InvalidGguf(path, "it cannot be read: " + failure, failure);
		}
	}

	private static void checkFile(Path path) {
		if (!Files.exists(path)) {
			throw new Flaw("it does not exist");
		}
		if (Files.isDirectory(path)) {
			throw new Flaw("it is a directory");
		}
		if (!Files.isRegularFile(path)) {
			throw new Flaw("it is not a regular file");
		}
		if (!Files.isReadable(path)) {
			throw new Flaw("this process may not read it");
		}
	}

	private static void checkKind(Metadata metadata) {
		var type = metadata.findText("general.type").orElse("model");
		if (type.equals("adapter")) {
			throw new Flaw("it is a LoRA adapter, not a model; merge it into its base model first");
		}
		if (!type.equals("model")) {
			throw Flaw.of("it holds %s, not a model", Flaw.quoted(type));
		}
		long parts = metadata.values().get("split.count") instanceof GgufValue.Whole count ? count.value() : 1;
		if (parts > 1) {
			throw Flaw.of("it is one of %d parts of a split model; join them with llama-gguf-split --merge", parts);
		}
	}

	private static GgufFile model(Path path, Header header, Metadata metadata, TensorTable table) {
		var architecture = metadata.text("general.architecture");
		if (!architecture.matches("[a-z0-9_.-]{1,64}")) {
			throw Flaw.of("general.architecture is %s, which names none", Flaw.quoted(architecture));
		}
		var hyperparameters = Hyperparameters.read(architecture, metadata);
		var vocabulary = Vocabulary.read(metadata);
		if (header.tensors() == 0) {
			throw new Flaw("it holds a vocabulary only, no weights");
		}
		var weights = Weights.read(architecture, table, hyperparameters, vocabulary);
		return new GgufFile(path, header.version(), architecture, metadata.findText("general.name").orElse(null),
				FileTypes.name(metadata, weights), hyperparameters, vocabulary, weights, text(metadata,
						"general.organization", "general.author"),
				text(metadata, "general.license"),
				metadata.findText("tokenizer.chat_template").filter(template -> !template.isBlank()).orElse(null));
	}

	/** The first of these texts that is there and not blank. */
	private static @Nullable String text(Metadata metadata, String... keys) {
		return Stream.of(keys).flatMap(key -> metadata.findText(key).stream()).filter(text -> !text.isBlank())
				.findFirst().orElse(null);
	}

}
