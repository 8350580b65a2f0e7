/**
 * Who may call, and what: API keys, signed-in browsers, a rule for every route, and the guard against requests of foreign pages.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"inference", "web"})
package dev.corral.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
