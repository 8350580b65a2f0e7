package dev.corral.cli.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import dev.corral.conversation.backup.Restore;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code restore}: reads a backup back into the store that the settings name. */
@Command(name = "restore", sortOptions = false, description = {
		"Reads a backup back into the store that the settings name, H2 or PostgreSQL, of this or an older version. Stop all servers first.",
		"The file is read to its end before anything is changed, and then all of it is stored or nothing."})
public final class RestoreCommand implements Callable<Integer> {

	@Parameters(paramLabel = "FILE", description = "What backup has written.")
	private Path file = Path.of("");

	@Option(names = "--replace", description = "Deletes what is stored; without this there must be nothing.")
	private boolean replace;

	@Option(names = "--store", paramLabel = "URL", description = "In place of the setting corral.store.url.")
	private @Nullable String store;

	@Spec
	private @Nullable CommandSpec spec;

	@Override
	public Integer call() throws IOException {
		try {
			var summary = BackupBeans.CONTEXT.use(store, beans -> {
				try {
					return beans.getBean(Restore.class).run(file, replace);
				} catch (IOException failure) {
					throw new UncheckedIOException(failure);
				}
			});
			var out = Objects.requireNonNull(spec).commandLine().getOut();
			out.printf("%d rows from %s%n", summary.rows(), file);
			out.flush();
			return CommandLine.ExitCode.OK;
		} catch (UncheckedIOException failure) {
			throw failure.getCause();
		}
	}

}
