package dev.corral.conversation;

/**
 * Why a reply could not go on.
 *
 * @param code a short name of the kind of failure, such as {@code queue_timeout}, in lower case
 * @param message in words for the client
 */
public record ReplyError(String code, String message) {
}
