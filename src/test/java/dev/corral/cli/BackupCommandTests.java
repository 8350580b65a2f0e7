package dev.corral.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.sun.net.httpserver.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;

/** A store that goes into a file and comes back out of it, as an operator does it. */
class BackupCommandTests {

	private final StringWriter output = new StringWriter();

	private final StringWriter errors = new StringWriter();

	@TempDir
	Path folder = Path.of("");

	private String store = "";

	private Path file = Path.of("");

	@BeforeEach
	void makeAKey() {
		store = "h2:" + folder.resolve("old");
		file = folder.resolve("corral.backup");
		assertThat(execute("key", "create", "ada", "--store", store)).isZero();
		errors.getBuffer().setLength(0);
	}

	@Test
	void bringsAllIntoAnotherStore() throws IOException {
		var other = "h2:" + folder.resolve("new");

		assertThat(execute("backup", file.toString(), "--store", store)).as(errors.toString()).isZero();
		assertThat(output.toString()).containsPattern("api_key +1\n").contains(" 1 rows in " + file);
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
		assertThat(execute("restore", file.toString(), "--store", other)).as(errors.toString()).isZero();

		output.getBuffer().setLength(0);
		assertThat(execute("key", "list", "--store", other)).isZero();
		assertThat(output.toString()).contains("ada");
		assertThat(execute("restore", file.toString(), "--store", other)).isOne();
		assertThat(errors.toString()).contains("There is something in");
		assertThat(execute("restore", file.toString(), "--store", other, "--replace")).isZero();
	}

	@Test
	void takesABackupOfARunningServerAndRefusesOneThatBrokeOff() throws IOException {
		assertThat(execute("backup", file.toString(), "--store", store)).isZero();
		var whole = Files.readAllBytes(file);

		assertThat(fromServer(whole, "copy")).as(errors.toString()).isZero();
		assertThat(folder.resolve("copy")).hasBinaryContent(whole);

		assertThat(fromServer(Arrays.copyOf(whole, whole.length - 9), "broken")).isOne();
		assertThat(errors.toString()).isEqualTo("The backup is cut off; nothing of it can be relied upon.\n");
		try (var left = Files.list(folder)) {
			assertThat(left).noneMatch(path -> path.getFileName().toString().startsWith("broken"));
		}
	}

	@Test
	void saysInOneLineWhatIsWrong() throws IOException {
		try (var open = FileChannel.open(folder.resolve("old.mv.db"), StandardOpenOption.WRITE);
				var lock = open.lock()) {
			assertThat(lock.isValid()).isTrue();
			assertThat(execute("backup", file.toString(), "--store", store)).isOne();
		}
		assertThat(errors.toString()).isEqualTo(
				"The conversations in '%s' cannot be read: another process uses the file. A running server gives a backup with --url.\n"
						.formatted(folder.resolve("old")));
		assertThat(file).doesNotExist();

		errors.getBuffer().setLength(0);
		assertThat(execute("backup", file.toString(), "--store", "h2:" + folder.resolve("none"))).isOne();
		assertThat(errors.toString()).endsWith("cannot be read: there is no such file.\n").hasLineCount(1);
		assertThat(folder.resolve("none.mv.db")).doesNotExist();

		errors.getBuffer().setLength(0);
		Files.writeString(file, "precious");
		assertThat(execute("backup", file.toString(), "--store", store)).isOne();
		assertThat(file).hasContent("precious");
		assertThat(execute("restore", file.toString(), "--store", store)).isOne();
		assertThat(errors.toString()).endsWith("This is no backup of Corral.\n");
	}

	private int fromServer(byte[] body, String name) throws IOException {
		var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/api/backup", exchange -> {
			exchange.sendResponseHeaders(200, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
		server.start();
		try {
			return execute("backup", folder.resolve(name).toString(), "--url",
					"http://localhost:" + server.getAddress().getPort());
		} finally {
			server.stop(0);
		}
	}

	private int execute(String... arguments) {
		return CommandLineTool.commandLine().setOut(new PrintWriter(output)).setErr(new PrintWriter(errors))
				.execute(arguments);
	}

}
