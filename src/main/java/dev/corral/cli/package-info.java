/**
 * The command line of the jar.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"inference", "template", "catalog", "generation", "worker"})
package dev.corral.cli;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
