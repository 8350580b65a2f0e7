/**
 * The start: refuses settings that mean nothing or have values they must not have, in one message that says what to do, and tells in the log
 * what serves when all is ready.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"inference", "routing", "access"})
package dev.corral.startup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
