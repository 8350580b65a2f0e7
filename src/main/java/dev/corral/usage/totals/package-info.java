/**
 * Usage as it is stored: daily totals; without HTTP, so that the command line can read it too.
 */
@NullMarked
@NamedInterface("totals")
package dev.corral.usage.totals;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
