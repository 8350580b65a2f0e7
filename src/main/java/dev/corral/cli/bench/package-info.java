/**
 * Measures chat servers as their clients see them: workloads that send requests, a target that answers, statistics over both.
 */
@NullMarked
package dev.corral.cli.bench;

import org.jspecify.annotations.NullMarked;
