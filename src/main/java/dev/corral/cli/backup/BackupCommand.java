package dev.corral.cli.backup;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import dev.corral.cli.server.ServerOption;
import dev.corral.conversation.backup.Backup;
import dev.corral.conversation.backup.BackupReader;
import dev.corral.conversation.backup.BackupSummary;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code backup}: writes all that is stored into a file, and reads it once to know that it is whole. */
@Command(name = "backup", sortOptions = false, description = {
		"Writes all that is stored into a new file, as of one moment: conversations, keys, shares, usage.",
		"Without --url it opens the store that the settings name and does not migrate it. An H2 file can be used by one process at a time: beside a running server take --url and an administrator's key.",
		"The file has everybody's conversations and is readable for its owner alone."})
public final class BackupCommand implements Callable<Integer> {

	@Parameters(paramLabel = "FILE", description = "A file that is not there yet.")
	private Path file = Path.of("");

	@Option(names = "--store", paramLabel = "URL", description = "In place of the setting corral.store.url.")
	private @Nullable String store;

	@Mixin
	private ServerOption server = new ServerOption();

	@Spec
	private @Nullable CommandSpec spec;

	@Override
	public Integer call() throws IOException {
		try (var target = new PrivateFile(file)) {
			try (var output = new BufferedOutputStream(target.open())) {
				if (server.given()) {
					server.get("/api/backup", body -> body.transferTo(output));
				} else {
					write(output);
				}
			}
			var summary = BackupReader.check(target.temporary());
			target.complete();
			tell(summary);
		}
		return CommandLine.ExitCode.OK;
	}

	private void write(OutputStream output) throws IOException {
		try {
			BackupBeans.CONTEXT.use(store, beans -> {
				try {
					return beans.getBean(Backup.class).write(output);
				} catch (IOException failure) {
					throw new UncheckedIOException(failure);
				}
			});
		} catch (UncheckedIOException failure) {
			throw failure.getCause();
		}
	}

	private void tell(BackupSummary summary) {
		var out = Objects.requireNonNull(spec).commandLine().getOut();
		summary.tables().forEach(table -> out.printf("%-16s %12d%n", table.name(), table.rows()));
		out.printf("%-16s %12d rows in %s%n", "", summary.rows(), file);
		out.flush();
	}

}
