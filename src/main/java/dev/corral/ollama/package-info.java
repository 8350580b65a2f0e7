/**
 * The HTTP edge in the shape of Ollama's API. JSON ends here: everything behind it is typed.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"inference", "template", "generation", "catalog", "web"})
package dev.corral.ollama;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
