/**
 * The whole store as a file over HTTP, for administrators of a running server.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"conversation :: backup", "web"})
package dev.corral.backup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
