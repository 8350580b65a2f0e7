/**
 * Reads GGUF files and distrusts them: everything that the native loader would crash on is found here first.
 */
@NullMarked
@NamedInterface("gguf")
package dev.corral.catalog.gguf;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
