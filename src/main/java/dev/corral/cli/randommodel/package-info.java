/**
 * Writes models with random weights: they compute as much as trained ones of their shape and say nothing, so speed can be measured
 * without a download.
 */
@NullMarked
package dev.corral.cli.randommodel;

import org.jspecify.annotations.NullMarked;
