package dev.corral.cli.dataset;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import dev.corral.cli.model.EngineBeans;
import dev.corral.cli.model.ModelFile;
import dev.corral.conversation.exchange.ExchangeLimits;
import dev.corral.conversation.exchange.JsonRecords;
import dev.corral.inference.InvalidParameter;
import dev.corral.inference.Tokenizer;
import dev.corral.inference.TokenizerFactory;
import dev.corral.template.Role;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dataset split}: cuts conversations into pieces that fit a model. */
@Command(name = "split", sortOptions = false, description = {
		"Cuts conversations of a ShareGPT file into pieces that a model can be trained on whole, at the borders of rounds.",
		"Lengths are those of the pieces as the model's template writes them, in tokens of its vocabulary."})
final class SplitCommand implements Callable<Integer> {

	private static final String STANDARD_OUTPUT = "-";

	/** The log goes to the standard output, where pieces may go. */
	private static final String QUIET = "--logging.threshold.console=error";

	private static final ExchangeLimits LIMITS = new ExchangeLimits(256 << 20, 256, 1_000_000);

	@Option(names = "--in", required = true, paramLabel = "FILE", description = "A JSON array of conversations, or one a line.")
	private Path in = Path.of("");

	@Option(names = "--out", required = true, paramLabel = "FILE", description = "Where the pieces go, in the form of the input; an existing file is replaced once all are written. - is the standard output.")
	private String out = "";

	@Option(names = "--model", required = true, paramLabel = "FILE", description = "A GGUF file, for its vocabulary and its conversation template; its weights are not read.")
	private Path model = Path.of("");

	@Option(names = "--max-tokens", paramLabel = "N", description = "Longest piece; as the model was trained, without this.")
	private @Nullable Integer maxTokens;

	@Option(names = "--oversize", paramLabel = "WHAT", defaultValue = "SPLIT", description = "What is done with a single round that is too long, at ends of tokens: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
	private OversizePolicy oversize = OversizePolicy.SPLIT;

	@Option(names = "--continuation", paramLabel = "TEXT", defaultValue = "Continue.", description = "What the user says in a piece that begins inside of a reply (${DEFAULT-VALUE}).")
	private String continuation = "Continue.";

	@Option(names = "--keep-unanswered", description = "Keeps what the user said last if nobody replied; trainers mostly cannot use it.")
	private boolean keepUnanswered;

	@Option(names = "--begin", paramLabel = "N", defaultValue = "0", description = "First record, counted from 0 (${DEFAULT-VALUE}).")
	private long begin;

	@Option(names = "--end", paramLabel = "N", description = "Record to stop before; none, without this.")
	private @Nullable Long end;

	@Spec
	private @Nullable CommandSpec spec;

	@Override
	public Integer call() throws IOException {
		var commandLine = Objects.requireNonNull(spec).commandLine();
		try {
			var used = ModelFile.read(model);
			var options = options(used);
			try (var context = EngineBeans.start(QUIET);
					var opened = context.getBean(TokenizerFactory.class).openTokenizer(model)) {
				checkRoom(used, opened.tokenizer(), options);
				split(used, opened.tokenizer(), options, commandLine);
			}
			return CommandLine.ExitCode.OK;
		} catch (InvalidParameter invalid) {
			throw new ParameterException(commandLine, String.valueOf(invalid.getMessage()));
		}
	}

	private SplitOptions options(ModelFile used) {
		int most = maxTokens == null ? used.trainedContextTokens() : maxTokens;
		long last = end == null ? Long.MAX_VALUE : end;
		if (begin < 0 || begin > last) {
			throw new InvalidParameter("--begin", "must be between 0 and %d, but is %d".formatted(last, begin));
		}
		return new SplitOptions(most, oversize, continuation, keepUnanswered, begin, last);
	}

	/** Half of a piece must be left for what is said in it. */
	private static void checkRoom(ModelFile used, Tokenizer tokenizer, SplitOptions options) {
		int overhead = new TemplateMeasure(used.template(), tokenizer, null)
				.tokens(List.of(new Turn(Role.USER, options.continuation(), 0),
						new Turn(Role.ASSISTANT, "", 1)));
		if (options.maxTokens() < 2 * overhead) {
			throw new InvalidParameter("--max-tokens",
					"must be %d or more, twice what this model's template and system message take, but is %d"
							.formatted(2 * overhead, options.maxTokens()));
		}
	}

	private void split(ModelFile used, Tokenizer tokenizer, SplitOptions options, CommandLine commandLine)
			throws IOException {
		var run = new SplitRun(system -> new TemplateMeasure(used.template(), tokenizer, system), options,
				commandLine.getErr());
		SplitSummary summary;
		try (var records = JsonRecords.open(Files.newInputStream(in), LIMITS)) {
			if (out.equals(STANDARD_OUTPUT)) {
				summary = run(run, records, commandLine.getOut());
			} else {
				try (var file = new AtomicFile(Path.of(out))) {
					summary = run(run, records, file.writer());
					file.complete();
				}
			}
		}
		commandLine.getErr().println(summary.text(oversize));
	}

	private static SplitSummary run(SplitRun run, JsonRecords records, Writer output) throws IOException {
		return run.run(records, new PieceWriter(output, records.array()));
	}

}
