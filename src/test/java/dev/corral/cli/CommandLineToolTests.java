package dev.corral.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.corral.cli.CommandLineTool.Decision;

import static org.assertj.core.api.Assertions.assertThat;

class CommandLineToolTests {

	private final StringWriter output = new StringWriter();

	private final StringWriter errors = new StringWriter();

	@TempDir
	Path folder = Path.of("");

	@ParameterizedTest
	@ValueSource(strings = {"", "--server.port=1", "--server.port=1 extra", "serve", "serve --server.port=1"})
	void startsTheServerUnlessACommandIsGiven(String line) {
		var decision = CommandLineTool.decide(arguments(line));

		assertThat(decision).isInstanceOfSatisfying(Decision.StartServer.class,
				server -> assertThat(server.arguments()).isEqualTo(arguments(line.replaceFirst("^serve ?", ""))));
	}

	@ParameterizedTest
	@ValueSource(strings = {"--help", "-h", "serve --help", "random-model x", "nonsense", "nonsense --server.port=1"})
	void runsWhateverElseAsACommand(String line) {
		assertThat(CommandLineTool.decide(arguments(line))).isInstanceOf(Decision.RunCommand.class);
	}

	@ParameterizedTest
	@ValueSource(strings = {"--help", "serve --help", "random-model --help", "dataset --help", "dataset split --help",
			"key --help", "key create --help"})
	void showsHelp(String line) {
		assertThat(execute(line)).isZero();

		assertThat(output.toString()).startsWith("Usage: corral");
		assertThat(errors.toString()).isEmpty();
	}

	@Test
	void showsTheUsageWhenACommandIsUnknown() {
		assertThat(execute("nonsense")).isEqualTo(2);

		assertThat(errors.toString()).contains("'nonsense'", "Usage: corral", "random-model");
	}

	@Test
	void saysInOneLineWhatIsWrongWithAnOption() {
		assertThat(execute("random-model x --width 33")).isEqualTo(2);

		assertThat(errors.toString()).isEqualTo("""
			'width' must be a multiple of 32, but is 33.
			See corral random-model --help
			""");
	}

	@Test
	void writesARandomModel() {
		var file = folder.resolve("x.gguf");

		assertThat(execute("random-model " + file
				+ " --parameters-preset 15m --layers 1 --vocabulary 600 --context 128 --type q8_0")).isZero();

		assertThat(file).exists();
		assertThat(output.toString()).startsWith(file + ": 0.7 M parameters, Q8_0, ");
	}

	@Test
	void saysWhyAFileCannotBeWritten() {
		assertThat(execute("random-model " + folder.resolve("none/x.gguf") + " --parameters-preset 15m")).isOne();

		assertThat(errors.toString()).contains("NoSuchFile", "none/x.gguf").hasLineCount(1);
	}

	private int execute(String line) {
		return CommandLineTool.commandLine().setOut(new PrintWriter(output)).setErr(new PrintWriter(errors))
				.execute(arguments(line));
	}

	private static String[] arguments(String line) {
		return line.isEmpty() ? new String[0] : line.split(" ");
	}

}
