/**
 * {@code key}: makes, lists and ends API keys in the server's store, without the server.
 */
@NullMarked
package dev.corral.cli.key;

import org.jspecify.annotations.NullMarked;
