package dev.corral.conversation;

import java.util.Locale;

/**
 * Where a message is in its life. What people and tools say is {@link #COMPLETE} at once; a reply goes
 * {@code QUEUED → IN_PROGRESS → COMPLETE | STOPPED | INTERRUPTED | FAILED}, and from the last three back to {@code QUEUED} when it is
 * continued.
 */
public enum MessageStatus {

	/** Waits for the model. */
	QUEUED,

	/** Is being written. */
	IN_PROGRESS,

	/** Ended by the model or at the length asked for. */
	COMPLETE,

	/** Ended by somebody who asked for it. */
	STOPPED,

	/** The server that wrote it went away. */
	INTERRUPTED,

	/** The model could not go on; the reply's error says why. */
	FAILED;

	public boolean running() {
		return this == QUEUED || this == IN_PROGRESS;
	}

	/** The name in the API and in the database. */
	public String id() {
		return name().toLowerCase(Locale.ROOT);
	}

}
