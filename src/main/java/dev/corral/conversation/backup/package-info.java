/**
 * The whole store as one file: written as of one moment while servers go on, read back into either database.
 */
@NullMarked
@NamedInterface("backup")
package dev.corral.conversation.backup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
