/**
 * Who may call, and how much: keys, users, quotas.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.corral.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
