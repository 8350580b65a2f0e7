package dev.corral.llamacpp.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class LibraryFilesTests {

	@TempDir
	Path folder = Path.of("");

	@Test
	void findsTheLibraryThatLiesInTheFolder() throws IOException {
		var library = file("libllama.v0.5.0.so");
		file("libllama-common.so");
		file("libggml.v0.5.0.so");
		file("llama-addon.node");

		assertThat(LibraryFiles.llamaIn(folder)).containsExactly(library);
	}

	@Test
	void takesOnlyThisPlatformsFolderOfAPack() throws IOException {
		var ours = file("bins/" + LibraryFiles.platform() + "/libllama.so");
		file("bins/plan9-mips/libllama.so");

		assertThat(LibraryFiles.llamaIn(folder)).containsExactly(ours);
	}

	@Test
	void triesABuildForAGpuFirst() throws IOException {
		var plain = file("a/" + LibraryFiles.platform() + "/libllama.so");
		var gpu = file("z/" + LibraryFiles.platform() + "-cuda/libllama.cuda.v0.5.0.so");

		assertThat(LibraryFiles.llamaIn(folder)).containsExactly(gpu, plain);
	}

	@Test
	void findsTheBackendLibrariesBesideIt() throws IOException {
		var library = file("libllama.v0.5.0.so");
		file("libggml-cpu-zen4.so");
		var ggml = file("libggml.v0.5.0.so");
		var base = file("libggml-base.so");

		assertThat(LibraryFiles.ggmlBeside(library)).containsExactlyInAnyOrder(ggml, base);
	}

	private Path file(String name) throws IOException {
		var file = folder.resolve(name);
		Files.createDirectories(LibraryFiles.folderOf(file));
		return Files.createFile(file);
	}

}
