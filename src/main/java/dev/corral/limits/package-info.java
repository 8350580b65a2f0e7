/**
 * How much a key may use: requests and tokens in a minute, replies at once, tokens in a day. What is left is told in headers, and what is too
 * much refused before anything is generated.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"inference", "access", "access :: keys"})
package dev.corral.limits;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
