/**
 * Which engine serves a request: replicas of a model, their health, admission and affinity.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"inference"})
package dev.corral.routing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
