package dev.corral.cli.dataset;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dataset}: what prepares training data. */
@Command(name = "dataset", description = "Prepares conversations to train a model on.", subcommands = SplitCommand.class)
public final class DatasetCommand implements Runnable {

	@Spec
	private @Nullable CommandSpec spec;

	@Override
	public void run() {
		throw new ParameterException(Objects.requireNonNull(spec).commandLine(),
				"A command is missing, such as split.");
	}

}
