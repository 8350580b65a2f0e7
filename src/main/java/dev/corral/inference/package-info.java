/**
 * The port between the platform and its engines: what may be asked of a model, and the events that come back.
 * Values and interfaces only. Every other module points here; this one points nowhere.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.corral.inference;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
