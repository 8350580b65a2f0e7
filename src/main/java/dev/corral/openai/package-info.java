/**
 * The OpenAI-compatible HTTP edge. JSON ends here: everything behind it is typed.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"inference", "template", "contextwindow", "conversation", "generation",
		"catalog",
		"web", "access"})
package dev.corral.openai;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
