package dev.corral.cli.randommodel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import dev.corral.catalog.gguf.GgufReader;
import dev.corral.inference.InvalidParameter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code random-model}: writes a model with random weights to measure speed with. */
@Command(name = "random-model", sortOptions = false, description = {
		"Writes a GGUF model of the LLaMA architecture with random weights, to measure speed with.",
		"The same options give the same file."})
public final class RandomModelCommand implements Callable<Integer> {

	@Parameters(paramLabel = "FILE", description = "Where to write it; an existing file is replaced.")
	private Path file = Path.of("");

	@Option(names = "--parameters-preset", paramLabel = "SIZE", defaultValue = "134m", description = "What the other options default to: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).", completionCandidates = Preset.Names.class)
	private String preset = "134m";

	@Option(names = "--layers", description = "Transformer blocks.")
	private @Nullable Integer layers;

	@Option(names = "--width", description = "Width of the residual stream.")
	private @Nullable Integer width;

	@Option(names = "--heads", description = "Attention heads.")
	private @Nullable Integer heads;

	@Option(names = "--kv-heads", description = "Heads of keys and values.")
	private @Nullable Integer kvHeads;

	@Option(names = "--feed-forward", description = "Inner width of the feed-forward layers.")
	private @Nullable Integer feedForward;

	@Option(names = "--vocabulary", description = "Tokens of the vocabulary (32000).", defaultValue = "32000")
	private int vocabulary;

	@Option(names = "--context", description = "Context window in tokens (4096).", defaultValue = "4096")
	private int context;

	@Option(names = "--type", description = "How matrices are stored: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).", defaultValue = "Q4_0")
	private WeightType type = WeightType.Q4_0;

	@Option(names = "--seed", description = "Of the weights and the words (1).", defaultValue = "1")
	private long seed;

	@Spec
	private @Nullable CommandSpec spec;

	@Override
	public Integer call() throws IOException {
		var commandLine = Objects.requireNonNull(spec).commandLine();
		ModelShape shape;
		try {
			shape = shape();
		} catch (InvalidParameter invalid) {
			throw new CommandLine.ParameterException(commandLine, String.valueOf(invalid.getMessage()));
		}
		long parameters = RandomModel.write(file, shape, seed);
		var written = GgufReader.read(file);
		commandLine.getOut().printf("%s: %.1f M parameters, %s, %.1f MiB%n", file, parameters / 1e6,
				written.quantization(), Files.size(file) / (double) (1 << 20));
		return CommandLine.ExitCode.OK;
	}

	private ModelShape shape() {
		var defaults = Preset.named(preset);
		return new ModelShape(or(layers, defaults.layers()), or(width, defaults.width()), or(heads, defaults.heads()),
				or(kvHeads, heads == null ? defaults.kvHeads() : heads), or(feedForward, defaults.feedForward()),
				vocabulary, context, type);
	}

	private static int or(@Nullable Integer given, int otherwise) {
		return given == null ? otherwise : given;
	}

}
