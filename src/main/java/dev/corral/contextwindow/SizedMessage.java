package dev.corral.contextwindow;

import dev.corral.template.Role;

/**
 * A message as far as windows are concerned.
 *
 * @param tokens its size in a prompt, see {@link MessageSizes#size}
 */
public record SizedMessage(Role role, int tokens) {
}
