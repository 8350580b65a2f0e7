package dev.corral.catalog;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.DefaultResourceLoader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ModelFilesTests {

	@TempDir
	Path directory;

	@Test
	void makesPathsAbsolute() throws IOException {
		try (var files = new ModelFiles()) {
			assertThat(files.resolve("models/../x.gguf")).isEqualTo(Path.of("x.gguf").toAbsolutePath());
			assertThat(files.resolve("/models/x.gguf")).isEqualTo(Path.of("/models/x.gguf"));
		}
	}

	@Test
	void knowsTheHomeDirectory() throws IOException {
		try (var files = new ModelFiles()) {
			assertThat(files.resolve("~/x.gguf")).isEqualTo(Path.of(System.getProperty("user.home"), "x.gguf"));
		}
	}

	@Test
	void usesResourcesThatAreFilesInPlace() throws IOException {
		try (var files = new ModelFiles()) {
			assertThat(files.resolve("classpath:models/cria/cria-q8_0.gguf"))
					.isEqualTo(Path.of("target/classes/models/cria/cria-q8_0.gguf").toAbsolutePath());
		}
	}

	@SuppressWarnings("try") // closing is what is tested
	@Test
	void copiesResourcesOutOfJarsOnceAndRemovesThemAtTheEnd() throws IOException {
		try (var loader = new URLClassLoader(new URL[]{jar("x.gguf", "the model")}, null);
				var files = new ModelFiles(new DefaultResourceLoader(loader))) {
			var copy = files.resolve("classpath:x.gguf");

			assertThat(copy).content().isEqualTo("the model");
			assertThat(Files.getPosixFilePermissions(copy)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
			assertThat(files.resolve("classpath:x.gguf")).isEqualTo(copy);

			files.close();

			assertThat(copy).doesNotExist();
		}
	}

	@Test
	void refusesResourcesThatDoNotExist() throws IOException {
		try (var files = new ModelFiles()) {
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> files.resolve("classpath:no.gguf"))
					.withMessage("classpath:no.gguf does not exist");
		}
	}

	private URL jar(String name, String content) throws IOException {
		var jar = directory.resolve("models.jar");
		try (var stream = new JarOutputStream(Files.newOutputStream(jar))) {
			stream.putNextEntry(new JarEntry(name));
			stream.write(content.getBytes(StandardCharsets.UTF_8));
		}
		return jar.toUri().toURL();
	}

}
