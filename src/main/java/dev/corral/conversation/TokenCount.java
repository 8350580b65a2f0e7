package dev.corral.conversation;

/**
 * How many tokens a message's text has for one model.
 *
 * @param model the model whose vocabulary was used
 */
public record TokenCount(String model, int tokens) {
}
