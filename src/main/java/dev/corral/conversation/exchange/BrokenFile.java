package dev.corral.conversation.exchange;

/** A file cannot be read, or not any further. The message says where and why, for whoever has sent it. */
public final class BrokenFile extends RuntimeException {

	public BrokenFile(String message) {
		super(message);
	}

}
