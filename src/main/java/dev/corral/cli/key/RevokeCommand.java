package dev.corral.cli.key;

import java.util.Objects;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code key revoke}: ends a key. */
@Command(name = "revoke", sortOptions = false, description = "Ends a key for good. Running servers notice within seconds.")
final class RevokeCommand implements Callable<Integer> {

	@Parameters(paramLabel = "NAME", description = "The key's name, or its id.")
	private String name = "";

	@Mixin
	private StoreOption store = new StoreOption();

	@Spec
	private @Nullable CommandSpec spec;

	@Override
	public Integer call() {
		boolean revoked = store.use(keys -> keys.all()
				.filter(stored -> stored.key().name().equals(name) || stored.id().toString().equals(name)).next()
				.flatMap(stored -> keys.revoke(stored.id())).defaultIfEmpty(false));
		if (!revoked) {
			Objects.requireNonNull(spec).commandLine().getErr()
					.println("There is no key '%s' in the store.".formatted(name));
			return CommandLine.ExitCode.SOFTWARE;
		}
		return CommandLine.ExitCode.OK;
	}

}
