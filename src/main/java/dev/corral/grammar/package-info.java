/**
 * Constrained output: compiles what a reply must look like into a pushdown automaton over UTF-8 bytes, and tells at each
 * step which tokens of a vocabulary may come next.
 */
@NullMarked
@ApplicationModule(allowedDependencies = "inference")
package dev.corral.grammar;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
