package dev.corral.cli.key;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import dev.corral.access.keys.StoredKey;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code key list}: tells the keys of the store. */
@Command(name = "list", sortOptions = false, description = "Tells the keys of the store, and nothing that would let anybody in.")
final class ListCommand implements Callable<Integer> {

	private static final String LINE = "%-20s %-6s %-20s %-21s %-21s %-20s %s%n";

	@Mixin
	private StoreOption store = new StoreOption();

	@Spec
	private @Nullable CommandSpec spec;

	@Override
	public Integer call() {
		var keys = store.use(stored -> stored.all().collectList());
		var output = Objects.requireNonNull(spec).commandLine().getOut();
		output.printf(LINE, "NAME", "ROLE", "OWNER", "EXPIRES", "LAST USED", "MODELS", "ID");
		keys.forEach(stored -> output.printf(LINE, stored.key().name(), stored.key().role().id(), stored.key().owner(),
				time(stored.key().expiresAt()), time(stored.lastUsedAt()), models(stored), stored.id()));
		output.flush();
		return CommandLine.ExitCode.OK;
	}

	private static String time(@Nullable Instant time) {
		return time == null ? "never" : time.truncatedTo(ChronoUnit.SECONDS).toString();
	}

	private static String models(StoredKey stored) {
		var models = stored.key().models();
		return models.isEmpty() ? "all" : String.join(",", new TreeSet<>(models));
	}

}
