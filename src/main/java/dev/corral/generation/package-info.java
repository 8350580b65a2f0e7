/**
 * One reply's life: render the prompt, choose an engine, stream the reply.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"inference", "template", "catalog", "conversation", "contextwindow",
		"routing"})
package dev.corral.generation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
