/**
 * A model file, read as the server would, for commands that need one.
 */
@NullMarked
package dev.corral.cli.model;

import org.jspecify.annotations.NullMarked;
