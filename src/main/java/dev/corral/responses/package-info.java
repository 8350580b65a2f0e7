/**
 * OpenAI's stateful APIs, responses and conversations, over the stored conversations. JSON ends here: everything behind it is typed.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"inference", "template", "contextwindow", "conversation", "generation",
		"catalog", "web", "access"})
package dev.corral.responses;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
