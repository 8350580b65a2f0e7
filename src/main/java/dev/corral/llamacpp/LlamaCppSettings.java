package dev.corral.llamacpp;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Which llama.cpp serves.
 *
 * @param library a library file, or a folder that holds one; {@code null} looks for a runtime pack beside the jar and falls back
 * to the bundled library
 */
@ConfigurationProperties("corral.llamacpp")
record LlamaCppSettings(@Nullable Path library) {
}
