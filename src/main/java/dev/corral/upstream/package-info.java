/**
 * Engines that run elsewhere, over HTTP: in worker processes that this one starts, or wherever the configuration says. Prompts leave as
 * token ids and replies come as text, token ids and facts, so that a reply can go on at another worker.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"inference", "catalog", "worker", "web"})
package dev.corral.upstream;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
