/**
 * Corral, a chat-serving platform for open models of the LLaMA family. Each direct subpackage is a module; its
 * {@code package-info} says what lives there and which modules it may use.
 */
@NullMarked
package dev.corral;

import org.jspecify.annotations.NullMarked;
