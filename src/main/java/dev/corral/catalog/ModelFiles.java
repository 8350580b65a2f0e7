package dev.corral.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;

/**
 * Finds the file that a configured location means: a path, where {@code ~/} is the home directory, or
 * {@code classpath:} and a resource. A resource inside a jar is copied, because native code opens files only.
 */
final class ModelFiles implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(ModelFiles.class);

	private final ResourceLoader resources;

	private final Map<String, Path> copies = new HashMap<>();

	ModelFiles() {
		this(new DefaultResourceLoader());
	}

	ModelFiles(ResourceLoader resources) {
		this.resources = resources;
	}

	/**
	 * @return an absolute path; whether a file is there is left to whoever reads it
	 * @throws IOException if there is no such resource or it cannot be copied
	 * @throws java.nio.file.InvalidPathException if the location is no path on this system
	 */
	Path resolve(String location) throws IOException {
		if (location.startsWith(ResourceLoader.CLASSPATH_URL_PREFIX)) {
			return resolve(location, resources.getResource(location));
		}
		var path = location.startsWith("~/")
				? Path.of(System.getProperty("user.home"), location.substring(2))
				: Path.of(location);
		return path.toAbsolutePath().normalize();
	}

	private Path resolve(String location, Resource resource) throws IOException {
		if (!resource.exists()) {
			throw new IOException(location + " does not exist");
		}
		if (resource.isFile()) {
			return resource.getFile().toPath().toAbsolutePath().normalize();
		}
		var known = copies.get(location);
		return known != null ? known : copy(location, resource);
	}

	private Path copy(String location, Resource resource) throws IOException {
		// Only the owner may read or replace it.
		var copy = Files.createTempFile("corral-", ".gguf");
		copies.put(location, copy);
		try (var content = resource.getInputStream(); var target = Files.newOutputStream(copy)) {
			content.transferTo(target);
		}
		log.debug("Copied {} to {}", location, copy);
		return copy;
	}

	/** Removes the copies. */
	@Override
	public void close() {
		copies.values().forEach(copy -> {
			try {
				Files.deleteIfExists(copy);
			} catch (IOException failure) {
				log.warn("The temporary file {} could not be removed", copy, failure);
			}
		});
		copies.clear();
	}

}
