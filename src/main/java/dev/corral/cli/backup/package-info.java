/**
 * {@code backup} and {@code restore}: the whole store as one file.
 */
@NullMarked
package dev.corral.cli.backup;

import org.jspecify.annotations.NullMarked;
