package dev.corral.conversation;

/**
 * A conversation behind a link.
 *
 * @param leaf the end of the branch that was shared
 */
public record SharedConversation(Conversation conversation, MessageId leaf) {
}
