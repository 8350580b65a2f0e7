/**
 * The engine: one llama.cpp context per replica, driven by Corral's own iteration-level scheduler, sampler and
 * stop detection. {@code llamacpp.internal} alone touches native memory.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"inference", "grammar"})
package dev.corral.llamacpp;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
