/**
 * The worker role: loads the catalog's models into engines and offers them to the gateway.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"inference", "catalog"})
package dev.corral.worker;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
