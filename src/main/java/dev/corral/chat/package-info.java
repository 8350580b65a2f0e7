/**
 * The platform's own conversation edge, used by the web UI.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"inference", "template", "contextwindow", "conversation",
		"conversation::exchange", "generation",
		"catalog",
		"web", "access"})
package dev.corral.chat;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
