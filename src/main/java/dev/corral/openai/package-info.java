/**
 * The OpenAI-compatible HTTP edge. JSON ends here: everything behind it is typed.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"inference", "template", "generation", "catalog", "web"})
package dev.corral.openai;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
