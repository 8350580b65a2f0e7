/** Holds the files that Corral is shipped with to what they promise: images, the Compose file and the Helm chart. */
@NullMarked
package dev.corral.packaging;

import org.jspecify.annotations.NullMarked;
