/**
 * API keys and the browsers that have signed in with one, as they are stored; without HTTP, so that the command line can use it too.
 */
@NullMarked
@NamedInterface("keys")
package dev.corral.access.keys;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
