package dev.corral.llamacpp.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/** How llama.cpp's library files are named and laid out on the platforms it is built for. */
final class LibraryFiles {

	/** Deep enough for {@code node_modules/@node-llama-cpp/linux-x64/bins/linux-x64/} inside a runtime pack. */
	private static final int SEARCH_DEPTH = 6;

	private LibraryFiles() {
	}

	/**
	 * The llama.cpp libraries for this platform in a folder, best first: a build for a GPU before the plain one. A library that
	 * lies directly in the folder is taken to fit; deeper ones must be in a folder named for this platform.
	 */
	static List<Path> llamaIn(Path folder) {
		try (var files = Files.find(folder, SEARCH_DEPTH, (file, attributes) -> attributes.isRegularFile())) {
			return files.filter(LibraryFiles::isLlama)
					.filter(file -> folder.equals(file.getParent()) || isForThisPlatform(file))
					.sorted(Comparator.comparingInt((Path file) -> isForGpu(file) ? 0 : 1)
							.thenComparing(Path::toString))
					.toList();
		} catch (IOException unreadable) {
			throw new UncheckedIOException("cannot search %s for llama.cpp".formatted(folder), unreadable);
		}
	}

	/** The {@code ggml} libraries beside a {@code llama} library; none when it holds everything itself. */
	static List<Path> ggmlBeside(Path library) {
		var folder = folderOf(library);
		try (Stream<Path> files = Files.list(folder)) {
			return files.filter(file -> {
				var name = file.getFileName().toString();
				return name.matches("(lib)?ggml(-base)?\\.(.*\\.)?(so|dylib|dll)");
			}).sorted().toList();
		} catch (IOException unreadable) {
			throw new UncheckedIOException("cannot list %s".formatted(folder), unreadable);
		}
	}

	/** Where the {@code de.kherud:llama} jar keeps its library for this platform. */
	static String bundledResource() {
		var arch = isArm() ? "aarch64" : "x86_64";
		return switch (os()) {
			case "mac" -> "de/kherud/llama/Mac/" + arch + "/libjllama.dylib";
			case "win" -> "de/kherud/llama/Windows/" + arch + "/jllama.dll";
			default -> "de/kherud/llama/Linux/" + arch + "/libjllama.so";
		};
	}

	/** This platform by the name of its runtime pack, for example {@code linux-x64}. */
	static String platform() {
		return os() + (isArm() ? "-arm64" : "-x64");
	}

	static Path folderOf(Path file) {
		return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a library file lies in a folder");
	}

	private static boolean isLlama(Path file) {
		return file.getFileName().toString().matches("(lib)?j?llama\\.(.*\\.)?(so|dylib|dll)");
	}

	private static boolean isForThisPlatform(Path file) {
		var folder = folderOf(file).getFileName().toString();
		return folder.equals(platform()) || folder.startsWith(platform() + "-");
	}

	private static boolean isForGpu(Path file) {
		return folderOf(file).getFileName().toString().matches(".*-(cuda|vulkan|metal)(-.*)?");
	}

	private static String os() {
		var name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
		return name.startsWith("mac") ? "mac" : name.startsWith("windows") ? "win" : "linux";
	}

	private static boolean isArm() {
		return System.getProperty("os.arch").equals("aarch64");
	}

}
