package dev.corral.cli.key;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code key}: what sees to API keys. */
@Command(name = "key", description = {"Makes, lists and ends API keys in the server's store.",
		"Settings of application.yml hold; the environment overrides them, such as CORRAL_STORE_URL=postgresql://db.example:5432/corral.",
		"An H2 file can be used by one process at a time: beside a running server, POST /api/keys makes keys."}, subcommands = {
				CreateCommand.class, ListCommand.class, RevokeCommand.class})
public final class KeyCommand implements Runnable {

	@Spec
	private @Nullable CommandSpec spec;

	@Override
	public void run() {
		throw new ParameterException(Objects.requireNonNull(spec).commandLine(),
				"A command is missing, such as create.");
	}

}
