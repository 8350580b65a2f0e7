/**
 * How much each key has had computed, by day and model: counted where tokens are paid for, kept in the database, told to owners and
 * administrators.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"inference", "access", "access :: keys", "web"})
package dev.corral.usage;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
