/**
 * {@code usage}: tells how much keys have had computed.
 */
@NullMarked
package dev.corral.cli.usage;

import org.jspecify.annotations.NullMarked;
