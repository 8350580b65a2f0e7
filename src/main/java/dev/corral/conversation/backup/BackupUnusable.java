package dev.corral.conversation.backup;

import org.jspecify.annotations.Nullable;

/** A backup cannot be written or read back; nothing was changed. The message is one line for people. */
public final class BackupUnusable extends RuntimeException {

	BackupUnusable(String message) {
		this(message, null);
	}

	BackupUnusable(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
