package dev.corral.llamacpp.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.corral.inference.EngineUnavailable;

/** Finds the llama.cpp library to serve with, in the order that {@link #load} says. */
public final class RuntimeLoader {

	private static final Logger log = LoggerFactory.getLogger(RuntimeLoader.class);

	private RuntimeLoader() {
	}

	/**
	 * The configured library if there is one; else a runtime pack, the fastest that loads; else the library bundled in the
	 * {@code de.kherud:llama} jar.
	 *
	 * @param configured a library file or a folder that holds one; what it names is used or refused, never replaced
	 * @param packs folder in which runtime packs are looked for; need not exist
	 * @throws EngineUnavailable if no library can be loaded
	 */
	public static LlamaRuntime load(@Nullable Path configured, Path packs) {
		if (configured != null) {
			return loadConfigured(configured);
		}
		if (Files.isDirectory(packs)) {
			for (var library : LibraryFiles.llamaIn(packs)) {
				try {
					return LlamaRuntime.load(library);
				} catch (EngineUnavailable unusable) {
					log.warn("{} Trying the next one.", unusable.getMessage());
				}
			}
		}
		return loadBundled();
	}

	private static LlamaRuntime loadConfigured(Path configured) {
		if (Files.isRegularFile(configured)) {
			return LlamaRuntime.load(configured);
		}
		if (!Files.isDirectory(configured)) {
			throw new EngineUnavailable("corral.llamacpp.library is %s, but there is no such file or folder."
					.formatted(configured));
		}
		return LibraryFiles.llamaIn(configured)
				.stream()
				.findFirst()
				.map(LlamaRuntime::load)
				.orElseThrow(() -> new EngineUnavailable(
						"corral.llamacpp.library is %s, but that folder holds no llama.cpp library for %s."
								.formatted(configured, LibraryFiles.platform())));
	}

	/** The library that comes with Corral's dependencies; slower than a runtime pack, and always there. */
	public static LlamaRuntime loadBundled() {
		var resource = LibraryFiles.bundledResource();
		try (var bundled = RuntimeLoader.class.getClassLoader().getResourceAsStream(resource)) {
			if (bundled == null) {
				throw new EngineUnavailable(
						"There is no llama.cpp library for %s: put a runtime pack beside the jar or set corral.llamacpp.library."
								.formatted(LibraryFiles.platform()));
			}
			var folder = Files.createTempDirectory("corral-llamacpp-");
			var library = folder.resolve(Path.of(resource).getFileName());
			folder.toFile().deleteOnExit();
			library.toFile().deleteOnExit();
			Files.copy(bundled, library, StandardCopyOption.REPLACE_EXISTING);
			return LlamaRuntime.load(library);
		} catch (IOException unwritable) {
			throw new UncheckedIOException("cannot unpack the bundled llama.cpp library", unwritable);
		}
	}

}
