/**
 * Asks a running server whether it is well, for containers that have no other program to ask with.
 */
@NullMarked
package dev.corral.cli.health;

import org.jspecify.annotations.NullMarked;
