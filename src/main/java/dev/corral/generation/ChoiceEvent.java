package dev.corral.generation;

import dev.corral.inference.GenerationEvent;

/**
 * An event of one of several replies to the same request.
 *
 * @param choice which of them, from 0
 */
public record ChoiceEvent(int choice, GenerationEvent event) {
}
