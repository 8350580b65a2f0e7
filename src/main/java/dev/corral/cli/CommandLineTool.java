package dev.corral.cli;

import java.nio.file.FileSystemException;
import java.util.Arrays;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.StandardEnvironment;

import dev.corral.cli.backup.BackupCommand;
import dev.corral.cli.backup.RestoreCommand;
import dev.corral.cli.bench.BenchCommand;
import dev.corral.cli.dataset.DatasetCommand;
import dev.corral.cli.key.KeyCommand;
import dev.corral.cli.randommodel.RandomModelCommand;
import dev.corral.cli.usage.UsageCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Decides what the jar was asked to do, and does what is not serving. */
@Command(name = "corral", description = "Serves open chat models, and measures servers of them.", subcommands = {
		BackupCommand.class, BenchCommand.class, DatasetCommand.class, KeyCommand.class, RandomModelCommand.class,
		RestoreCommand.class, UsageCommand.class,
		CommandLineTool.Serve.class})
public final class CommandLineTool implements Runnable {

	private static final String SERVE = "serve";

	@Option(names = {"-h",
			"--help"}, usageHelp = true, scope = ScopeType.INHERIT, description = "Shows this text.")
	private boolean help;

	@Spec
	private @Nullable CommandSpec spec;

	private CommandLineTool() {
	}

	/** What the arguments ask for. */
	public sealed interface Decision {

		/** @param arguments those of the server, settings as {@code --corral.x=y} */
		record StartServer(String[] arguments) implements Decision {
		}

		record RunCommand(String[] arguments) implements Decision {
		}

	}

	/**
	 * Nothing, or settings of the server ({@code --corral.x=y}) alone, start it, and so does the command {@code serve} before them;
	 * everything else, {@code --help} included, is for {@link #run}.
	 */
	public static Decision decide(String... arguments) {
		if (arguments.length == 0) {
			return new Decision.StartServer(arguments);
		}
		var first = arguments[0];
		if (first.equals(SERVE) && Arrays.stream(arguments).skip(1).noneMatch(CommandLineTool::asksForHelp)) {
			return new Decision.StartServer(Arrays.copyOfRange(arguments, 1, arguments.length));
		}
		return first.startsWith("--") && !asksForHelp(first)
				? new Decision.StartServer(arguments)
				: new Decision.RunCommand(arguments);
	}

	/**
	 * Runs a command to its end.
	 *
	 * @return the exit status: 0, 1 if it failed, 2 if the arguments make no sense
	 */
	public static int run(String... arguments) {
		logWarningsOnly();
		return commandLine().execute(arguments);
	}

	static CommandLine commandLine() {
		return new CommandLine(new CommandLineTool()).setCaseInsensitiveEnumValuesAllowed(true)
				.setParameterExceptionHandler((invalid, _) -> explain(invalid))
				.setExecutionExceptionHandler((failure, commandLine, _) -> {
					commandLine.getErr().println(explain(failure));
					return CommandLine.ExitCode.SOFTWARE;
				});
	}

	private static int explain(ParameterException invalid) {
		var command = invalid.getCommandLine();
		command.getErr().println(invalid.getMessage());
		if (command.getParent() == null) {
			command.usage(command.getErr());
		} else {
			command.getErr().println("See " + command.getCommandSpec().qualifiedName() + " --help");
		}
		return CommandLine.ExitCode.USAGE;
	}

	/** The messages of file system errors are mere paths. */
	private static String explain(Exception failure) {
		var message = failure.getMessage();
		return message == null || failure instanceof FileSystemException ? failure.toString() : message;
	}

	@Override
	public void run() {
		throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "A command is missing.");
	}

	private static boolean asksForHelp(String argument) {
		return argument.equals("--help") || argument.equals("-h");
	}

	/** Spring sets logging up for the server; without it every library would write at its loudest. */
	private static void logWarningsOnly() {
		var logging = LoggingSystem.get(CommandLineTool.class.getClassLoader());
		logging.beforeInitialize();
		logging.initialize(new LoggingInitializationContext(new StandardEnvironment()), null, null);
		logging.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.WARN);
	}

	/** Here for its line and page of help; the server is started before any command is parsed. */
	@Command(name = SERVE, description = {
			"Starts the server; without any command it starts as well.",
			"Takes the settings of application.yml, for example --corral.models.vicuna=/models/vicuna.gguf."})
	static final class Serve {
	}

}
