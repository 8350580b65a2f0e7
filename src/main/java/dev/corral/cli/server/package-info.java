/**
 * A running server, asked by commands over HTTP.
 */
@NullMarked
package dev.corral.cli.server;

import org.jspecify.annotations.NullMarked;
