package dev.corral.cli.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.InvalidParameter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;

/** {@code bench}: measures a server of the OpenAI API. */
@Command(name = "bench", sortOptions = false, description = {
		"Measures a server of the OpenAI chat API under a workload: time to the first token, gaps, throughput, failures.",
		"Works with any such server; 'corral bench engine' measures a model in this process instead."}, subcommands = EngineCommand.class)
public final class BenchCommand implements Callable<Integer> {

	@Parameters(paramLabel = "URL", arity = "0..1", description = "Of the server, such as http://localhost:8080; with or without /v1.")
	private @Nullable String url;

	@Mixin
	private LoadOptions options = new LoadOptions();

	@Option(names = "--model", paramLabel = "NAME", description = "The first that the server lists, without this.")
	private @Nullable String model;

	@Option(names = "--api-key", paramLabel = "KEY", defaultValue = "${env:CORRAL_API_KEY}", description = "Without this, that of the environment's CORRAL_API_KEY.")
	private @Nullable String apiKey;

	@Option(names = "--ignore-eos", negatable = true, defaultValue = "true", fallbackValue = "true", description = "Whether to ask for replies that do not end before --max-tokens; servers that do not know the field ignore it, a strict one refuses it (true).")
	private boolean ignoreEos = true;

	@Option(names = "--body", paramLabel = "FIELD=JSON", description = "One more field of each request, such as min_p=0.")
	private Map<String, String> body = new LinkedHashMap<>();

	@Spec
	private @Nullable CommandSpec spec;

	@Override
	public Integer call() throws InterruptedException {
		var commandLine = Objects.requireNonNull(spec).commandLine();
		try {
			if (url == null) {
				throw new InvalidParameter("URL", "is missing");
			}
			var load = options.load();
			var sampling = options.sampling(ignoreEos, body);
			try (var target = new HttpTarget(url, model, apiKey, options.timeout(), sampling)) {
				return new BenchRun(target, load, commandLine.getOut(), commandLine.getErr(), options.json()).run();
			}
		} catch (InvalidParameter invalid) {
			throw new ParameterException(commandLine, String.valueOf(invalid.getMessage()));
		} catch (JacksonException invalid) {
			throw new ParameterException(commandLine, "--body is no JSON: " + invalid.getOriginalMessage());
		}
	}

}
