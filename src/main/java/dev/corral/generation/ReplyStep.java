package dev.corral.generation;

/** One thing told about a reply, and where it leaves the reader. */
public record ReplyStep(ReplyEventId id, ReplyProgress progress) {
}
