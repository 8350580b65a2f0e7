/**
 * Conversations as files: the formats that others write, Corral's own, and the readers and writers of them, one conversation at a time.
 */
@NullMarked
@NamedInterface("exchange")
package dev.corral.conversation.exchange;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
