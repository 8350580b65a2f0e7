/**
 * The server's store, opened for a command without the server.
 */
@NullMarked
package dev.corral.cli.store;

import org.jspecify.annotations.NullMarked;
