/**
 * The worker role: loads the catalog's models into engines and offers them to the gateway, in this process or as one that serves nothing
 * else. What such a process tells and takes beside the API is {@link dev.corral.worker.WorkerReport} and {@code /worker}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"inference", "catalog", "web"})
package dev.corral.worker;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
