package dev.corral.access.keys;

/** A key cannot be made as it was asked for; the message is one sentence for people. */
public final class KeyRefused extends RuntimeException {

	KeyRefused(String message) {
		super(message);
	}

}
