/**
 * The platform's own conversation edge and what its operators look at, used by the web UI.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"inference", "template", "contextwindow", "conversation",
		"conversation::exchange", "generation", "routing",
		"catalog",
		"web", "access"})
package dev.corral.chat;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
