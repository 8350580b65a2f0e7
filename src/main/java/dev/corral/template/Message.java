package dev.corral.template;

/**
 * One item of a conversation.
 *
 * @param content what was said, as typed; may be empty
 */
public record Message(Role role, String content) {
}
