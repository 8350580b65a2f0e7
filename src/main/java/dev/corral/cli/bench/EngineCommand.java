package dev.corral.cli.bench;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.InvalidParameter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench engine}: measures a model in this process. */
@Command(name = "engine", sortOptions = false, description = {
		"Measures the engine with a model in this process, under the same workloads, without HTTP.",
		"Settings of application.yml hold; the environment overrides them, such as CORRAL_ENGINE_BATCHTOKENS=256."})
final class EngineCommand implements Callable<Integer> {

	private static final int MOST_SEQUENCES = 256;

	private static final int MOST_THREADS = 1024;

	@Mixin
	private LoadOptions options = new LoadOptions();

	@Option(names = "--model", required = true, paramLabel = "FILE", description = "A GGUF file.")
	private Path model = Path.of("");

	@Option(names = "--threads", defaultValue = "0", description = "Compute threads; 0 is one per physical core (${DEFAULT-VALUE}).")
	private int threads;

	@Option(names = "--sequences", defaultValue = "8", description = "Most that run at once (${DEFAULT-VALUE}).")
	private int sequences;

	@Option(names = "--context-tokens", description = "Window of each sequence; up to 4096 as trained, without this.")
	private @Nullable Integer contextTokens;

	@Spec
	private @Nullable CommandSpec spec;

	@Override
	public Integer call() {
		var commandLine = Objects.requireNonNull(spec).commandLine();
		try {
			require("--threads", threads, 0, MOST_THREADS);
			require("--sequences", sequences, 1, MOST_SEQUENCES);
			require("--context-tokens", contextTokens == null ? 1 : contextTokens, 1, Integer.MAX_VALUE);
			var load = options.load();
			var sampling = options.sampling(false, Map.of());
			var timeout = options.timeout();
			return new EngineLoader(model, threads, sequences, contextTokens).with(loaded -> run(
					new EngineTarget(loaded.engine(), loaded.template(), sampling, timeout), load, commandLine));
		} catch (InvalidParameter invalid) {
			throw new ParameterException(commandLine, String.valueOf(invalid.getMessage()));
		}
	}

	private int run(EngineTarget target, Load load, CommandLine commandLine) {
		try {
			return new BenchRun(target, load, commandLine.getOut(), commandLine.getErr(), options.json()).run();
		} catch (InterruptedException _) {
			Thread.currentThread().interrupt();
			return CommandLine.ExitCode.SOFTWARE;
		}
	}

	private static void require(String name, int actual, int least, int most) {
		if (actual < least || actual > most) {
			throw new InvalidParameter(name, "must be between %d and %d, but is %d".formatted(least, most, actual));
		}
	}

}
