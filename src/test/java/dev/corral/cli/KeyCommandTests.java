package dev.corral.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Keys in a file, as an operator makes them before the server runs. */
class KeyCommandTests {

	private final StringWriter output = new StringWriter();

	private final StringWriter errors = new StringWriter();

	@TempDir
	Path folder = Path.of("");

	@Test
	void makesListsAndRevokesKeys() {
		assertThat(execute("create", "ada", "--role", "admin", "--expires", "90d", "--model", "cria", "--model", "b"))
				.isZero();
		var secret = output.toString().strip();
		assertThat(secret).matches("corral-[A-Za-z0-9_-]{43}");
		assertThat(errors.toString()).isEqualTo("The admin key 'ada' of 'ada':\n");

		assertThat(execute("list")).isZero();
		assertThat(output.toString()).containsPattern("\nada +admin +ada +20\\S+Z +never +b,cria +[0-9a-f-]{36}\n");

		assertThat(execute("revoke", "ada")).isZero();
		output.getBuffer().setLength(0);
		assertThat(execute("list")).isZero();
		assertThat(output.toString()).hasLineCount(1);
	}

	@Test
	void saysThatThereIsNoSuchKeyOrOneAlready() {
		assertThat(execute("revoke", "ada")).isOne();
		assertThat(errors.toString()).isEqualTo("There is no key 'ada' in the store.\n");

		assertThat(execute("create", "ada")).isZero();
		errors.getBuffer().setLength(0);
		assertThat(execute("create", "ada")).isOne();
		assertThat(errors.toString()).isEqualTo("There is a key named 'ada' already.\n");
	}

	@Test
	void saysInOneLineThatAServerHasTheFile() throws IOException {
		assertThat(execute("list")).isZero();

		try (var file = FileChannel.open(folder.resolve("keys.mv.db"), StandardOpenOption.WRITE);
				var lock = file.lock()) {
			assertThat(lock.isValid()).isTrue();
			assertThat(execute("create", "ada")).isOne();
		}

		assertThat(errors.toString()).isEqualTo(
				"The conversations in '%s' are in use by another process. A running server makes and ends keys at /api/keys.\n"
						.formatted(folder.resolve("keys")));
	}

	@ParameterizedTest
	@ValueSource(strings = {"--role root", "--daily-tokens -1", "--expires soon", "--expires -1d",
			"--expires 9999999999d", "--owner  "})
	void saysWhatIsWrongWithAnOption(String option) {
		var parts = option.split(" ", 2);

		assertThat(execute("create", "ada", parts[0], parts[1])).isEqualTo(2);

		assertThat(errors.toString()).contains("must").endsWith("See corral key create --help\n").hasLineCount(2);
	}

	private int execute(String command, String... arguments) {
		var line = Stream
				.of(List.of("key", command), List.of(arguments), List.of("--store", "h2:" + folder.resolve("keys")))
				.flatMap(List::stream).toArray(String[]::new);
		return CommandLineTool.commandLine().setOut(new PrintWriter(output)).setErr(new PrintWriter(errors))
				.execute(line);
	}

}
