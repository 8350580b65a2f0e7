package dev.corral.generation;

/**
 * An event of one of several replies to the same request.
 *
 * @param choice which of them, from 0
 */
public record ChoiceEvent(int choice, ReplyEvent event) {
}
