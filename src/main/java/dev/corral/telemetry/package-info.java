/**
 * What those who run the server see of it beside its log: meters in the form of Prometheus, under the names that other servers use too.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.corral.telemetry;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
